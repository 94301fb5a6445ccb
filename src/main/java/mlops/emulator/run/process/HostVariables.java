package mlops.emulator.run.process;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables that the process which hosts a job keeps of the user's session: what it
 * and pip need to find their way. A job can look at its host, so all else stays out, whatever it is
 * called.
 */
public final class HostVariables {
  private static final Set<String> ALLOWED =
      Set.of(
          "path",
          "home",
          "user",
          "logname",
          "lang",
          "language",
          "tz",
          "tmpdir",
          "tmp",
          "temp",
          "mlops_cache",
          "xdg_cache_home",
          "xdg_config_home",
          "xdg_config_dirs",
          "ld_library_path",
          "pyenv_root",
          "pyenv_version",
          // how pip and uv reach their indexes
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "ssl_cert_file",
          "ssl_cert_dir",
          "requests_ca_bundle",
          "curl_ca_bundle",
          "netrc",
          // what Windows needs to start anything
          "systemroot",
          "systemdrive",
          "windir",
          "comspec",
          "pathext",
          "userprofile",
          "username",
          "appdata",
          "localappdata",
          "programdata",
          "programfiles",
          "programfiles(x86)",
          "os",
          "number_of_processors",
          "processor_architecture");

  /** Locales, and the settings of pip and uv but for those of who publishes. */
  private static final Pattern KINDS = Pattern.compile("lc_.*|pip_.*|uv_(?!publish_).*");

  public static boolean allows(String variable) {
    String name = variable.toLowerCase(Locale.ROOT);
    return ALLOWED.contains(name) || KINDS.matcher(name).matches();
  }

  private HostVariables() {}
}
