"""A job reads a blob and a secret by each credential that Azure has for jobs.

COMPUTE and USER say which of the two is allowed to; USER is empty where the job does not work on behalf of its user.
"""
import datetime
import os
import ssl
import threading
import http.server

import adlfs
import urllib3
from azure.ai.ml import MLClient
from azure.ai.ml.identity import AzureMLOnBehalfOfCredential
from azure.core.exceptions import HttpResponseError
from azure.identity import DefaultAzureCredential, ManagedIdentityCredential
from azure.keyvault.secrets import SecretClient
from azure.storage.blob import BlobClient

BLOB = "https://mlone.blob.core.windows.net"
VAULT = "https://mlone.vault.azure.net"
COMPUTE, USER = os.environ["COMPUTE"] == "allowed", os.environ["USER_ROLE"]


def blob(credential):
    client = BlobClient(BLOB, "given", "one.txt", credential=credential, retry_total=0)
    assert client.download_blob().readall() == b"the text"


def secret(credential):
    assert SecretClient(VAULT, credential).get_secret("given").value == "hidden"


def workspace(credential):
    assert "workspaceblobstore" in [d.name for d in MLClient.from_config(credential).datastores.list()]


def all_acts(credential, allowed):
    for act in (blob, secret, workspace):
        try:
            act(credential)
            assert allowed, f"{act.__name__} was allowed"
        except HttpResponseError as e:
            assert not allowed and e.status_code == 403, f"{act.__name__}: {e}"


def frames(allowed):
    """By adlfs, which works asynchronously."""
    store = adlfs.AzureBlobFileSystem(account_name="mlone", anon=False)
    try:
        assert store.cat("given/one.txt") == b"the text"
        assert allowed
    except (PermissionError, HttpResponseError):
        assert not allowed


def elsewhere():
    """A host that is not Azure's presents its own certificate, through the proxy."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    with open("own.pem", "wb") as out:
        out.write(certificate.public_bytes(serialization.Encoding.PEM))
        out.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("own.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = urllib3.util.parse_url(os.environ["HTTPS_PROXY"])
    through = urllib3.ProxyManager(
        f"http://127.0.0.1:{proxy.port}", proxy_headers=urllib3.make_headers(proxy_basic_auth=proxy.auth), ca_certs="own.pem"
    )
    assert through.request("GET", f"https://localhost:{server.server_port}/own.pem").data.startswith(b"-----BEGIN")


all_acts(DefaultAzureCredential(), COMPUTE)
all_acts(ManagedIdentityCredential(client_id=os.environ["DEFAULT_IDENTITY_CLIENT_ID"]), COMPUTE)
frames(COMPUTE)
if USER:
    all_acts(AzureMLOnBehalfOfCredential(), USER == "allowed")
else:
    try:
        AzureMLOnBehalfOfCredential().get_token("https://storage.azure.com/.default")
        raise AssertionError("a job that does not ask for it works on behalf of its user")
    except Exception as e:
        assert type(e).__name__ == "CredentialUnavailableError", e
elsewhere()
