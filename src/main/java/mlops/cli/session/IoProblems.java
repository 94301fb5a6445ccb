package mlops.cli.session;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import mlops.azure.NoAnswerException;

/** Files, disks and networks that do not do as they should, in words. */
public final class IoProblems {
  private static final String FILE =
      "Check the file, its permissions and the free space on its disk, then run the command again.";
  private static final String NETWORK =
      "Check the network, and the proxy in HTTPS_PROXY where there is one, then run the command again.";

  private static final String RESUMES = " It goes on where it stopped.";
  private static final String ANY =
      "Check the file, the disk or the network that is named, then run the command again.";

  public static Problem problem(IOException e) {
    String said = e.getMessage() == null ? "" : ": " + e.getMessage();
    if (e instanceof FileSystemException file) {
      return problem(file);
    }
    if (e instanceof NoAnswerException) {
      return new Problem("NoAnswer", String.valueOf(e.getMessage()), "", NETWORK + RESUMES);
    }
    if (e instanceof FileNotFoundException) {
      return new Problem("FileNotFound", "a file cannot be opened" + said, "", FILE);
    }
    if (e instanceof UnknownHostException) {
      return new Problem("HostUnknown", "no such host is known" + said, "", NETWORK);
    }
    if (e instanceof ConnectException) {
      return new Problem("ConnectionFailed", "nothing answers" + said, "", NETWORK);
    }
    if (e instanceof SocketTimeoutException || e instanceof HttpTimeoutException) {
      return new Problem("TimedOut", "no answer in time" + said, "", NETWORK);
    }
    if (e instanceof SSLException) {
      return new Problem("TlsFailed", "no secure connection can be made" + said, "", NETWORK);
    }
    boolean plain = e.getClass().equals(IOException.class) && !said.isEmpty();
    String why = plain ? said : ": " + kind(e) + said; // else all would read alike
    return new Problem("InputOutputFailed", "reading or writing failed" + why, "", ANY);
  }

  private static Problem problem(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return new Problem("FileNotFound", e.getFile() + " does not exist", "", FILE);
    }
    if (e instanceof AccessDeniedException) {
      String said = e.getFile() + " may not be read or written";
      return new Problem("FileAccessDenied", said, "", FILE);
    }
    if (e instanceof FileAlreadyExistsException) {
      return new Problem("FileExists", e.getFile() + " already exists", "", FILE);
    }
    if (e instanceof NotDirectoryException) {
      return new Problem("FileUnusable", e.getFile() + " is not a folder", "", FILE);
    }
    String said =
        e.getReason() == null
            ? e.getFile() + " cannot be used: " + kind(e)
            : String.valueOf(e.getMessage()); // the file and the reason of the system
    return new Problem("FileUnusable", said, "", FILE);
  }

  /** What kind of failure it is, in words for people. */
  private static String kind(IOException e) {
    if (e instanceof CharacterCodingException) {
      return "text that is not UTF-8";
    }
    if (e instanceof EOFException) {
      return "it ends too early";
    }
    return e.getClass()
        .getSimpleName()
        .replaceFirst("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private IoProblems() {}
}
