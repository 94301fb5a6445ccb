@echo off
rem Starts mlops on Windows, as the script `mlops` does on macOS and Linux: the one that is built from the
rem sources beside it (on first use, and when they changed), or, where there are none, the mlops.jar beside
rem it. Keeps an archive of loaded classes per JVM, which halves the time to start. Says what it does on
rem stderr, never on stdout.
rem   MLOPS_JAVA_OPTS   options for the JVM, such as -Xmx2g
rem   JAVA_HOME         which Java to use; else the one on the PATH
rem   MLOPS_CACHE       where archives go if the folder of a release is read-only (.cache\mlops of the user)
setlocal EnableExtensions DisableDelayedExpansion
rem Hints name commands as they were typed.
set "TYPED=%~0"
set "FAILED="
set "RELEASED="
call :find_home
set "JAR=%DIR%\target\mlops.jar"
set "WORK=%DIR%\target\launcher"
set "SAMPLE=%DIR%"
if not exist "%DIR%\pom.xml" call :released
if defined FAILED exit /b 1

call :find_java
if not defined JAVA exit /b 1
set "ARCHIVE=%WORK%\%BUILD%.jsa"

rem The JVM prints its warnings on stdout, which belongs to the command.
set "FLAGS=-Xshare:auto -Xlog:disable"
set "OPTIONS= "
if defined MLOPS_JAVA_OPTS set "OPTIONS=%MLOPS_JAVA_OPTS:"=%"
if defined JDK_JAVA_OPTIONS set "OPTIONS=%OPTIONS% %JDK_JAVA_OPTIONS:"=%"
if defined JAVA_TOOL_OPTIONS set "OPTIONS=%OPTIONS% %JAVA_TOOL_OPTIONS:"=%"
if "%OPTIONS:-XX:+Use=%"=="%OPTIONS%" set "FLAGS=%FLAGS% -XX:+UseSerialGC"

call :is_built
call :is_archived
if defined RELEASED if not defined ARCHIVED call :find_room
if not "%BUILT%%ARCHIVED%"=="yesyes" call :prepare
if defined FAILED exit /b 1

rem Short commands end before the optimising compiler pays. What follows `exec` may hold any quotes, so it is
rem not looked at. A service needs that compiler, and stays small.
set "QUICK=-XX:CompileThresholdScaling=4 -Xms48m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
:words
if "%~1"=="" goto quick
if "%~1"=="serve" goto share
if "%~1"=="exec" goto share
shift
goto words
:quick
set "QUICK=-XX:TieredStopAtLevel=1"

rem Nothing, where the archive is the empty mark of a JVM that cannot make one; a semicolon would separate two.
:share
set "SHARED="
if exist "%ARCHIVE%" for %%I in ("%ARCHIVE%") do if not "%%~zI"=="0" set SHARED="-XX:SharedArchiveFile=%ARCHIVE%"
if not "%ARCHIVE:;=%"=="%ARCHIVE%" set "SHARED="
goto run

rem In a subroutine, where %~dp0 is right even if the script was called by its bare name in quotes. The dot
rem keeps the backslash of a drive's root from escaping a quote.
:find_home
for %%I in ("%~dp0.") do set "DIR=%%~fI"
if "%DIR:~-1%"=="\" set "DIR=%DIR%."
exit /b 0

:released
set "RELEASED=yes"
set "JAR=%DIR%\mlops.jar"
set "WORK=%DIR%\.launcher"
set "SAMPLE=%DIR%\sample"
if exist "%JAR%" exit /b 0
>&2 echo mlops: neither sources nor mlops.jar are in "%DIR%"; unpack the release again
set "FAILED=yes"
exit /b 1

rem --- Java ---------------------------------------------------------------------------------------

:find_java
set "JAVA="
set "TRIED=JAVA_HOME: not set"
set "WRONG="
set "HOME_OF_JAVA="
if defined JAVA_HOME set "HOME_OF_JAVA=%JAVA_HOME:"=%"
if not defined HOME_OF_JAVA goto on_path
set "WAY=JAVA_HOME"
call :accept
if defined JAVA exit /b 0
set "TRIED=%REFUSED%"
set "WRONG=%REFUSED%"

rem A java.exe that is in no Java home (Oracle's javapath) is asked where its home is.
:on_path
set "WAY=PATH"
set "FOUND="
set "HOME_OF_JAVA="
set "REFUSED=PATH: no java.exe"
for %%I in (java.exe) do set "FOUND=%%~$PATH:I"
if not defined FOUND goto no_java
for %%I in ("%FOUND%\..\..") do set "HOME_OF_JAVA=%%~fI"
if not exist "%HOME_OF_JAVA%\release" call :ask_java
set "REFUSED=PATH: %FOUND% does not run"
if defined HOME_OF_JAVA call :accept
if not defined JAVA goto no_java
if defined WRONG for %%T in ("%WRONG%; going on with %HOME_OF_JAVA% from the PATH") do >&2 echo mlops: %%~T
exit /b 0

:no_java
>&2 echo mlops: needs a JDK 17 or newer. Looked at:
for %%T in ("%TRIED%" "%REFUSED%") do >&2 echo   %%~T
>&2 echo mlops: install one ^(winget install EclipseAdoptium.Temurin.17.JDK, https://adoptium.net^) or set JAVA_HOME
exit /b 1

:ask_java
set "HOME_OF_JAVA="
for /f "tokens=1,* delims==" %%A in ('^""%FOUND%" -XshowSettings:properties -version 2^>^&1^"') do if "%%A"=="    java.home " set "HOME_OF_JAVA=%%B"
if defined HOME_OF_JAVA set "HOME_OF_JAVA=%HOME_OF_JAVA:~1%"
exit /b 0

rem Sets JAVA, VERSION and BUILD if HOME_OF_JAVA, found by way of WAY, holds Java 17 or newer.
:accept
set "REFUSED=%WAY%: %HOME_OF_JAVA% has no bin\java.exe"
if not exist "%HOME_OF_JAVA%\bin\java.exe" exit /b 1
set "VERSION=" & set "RUNTIME=" & set "ARCH=" & set "MAJOR=0"
if exist "%HOME_OF_JAVA%\release" for /f "usebackq tokens=1,2 delims==" %%A in ("%HOME_OF_JAVA%\release") do (
  if "%%A"=="JAVA_VERSION" set "VERSION=%%~B"
  if "%%A"=="JAVA_RUNTIME_VERSION" set "RUNTIME=%%~B"
  if "%%A"=="OS_ARCH" set "ARCH=%%~B"
)
set "REFUSED=%WAY%: %HOME_OF_JAVA% is Java of an unknown version"
if not defined VERSION exit /b 1
set "REFUSED=%WAY%: %HOME_OF_JAVA% is Java %VERSION%"
for /f "delims=.-+_ea" %%M in ("%VERSION%") do set /a MAJOR=%%M 2>nul
if %MAJOR% LSS 17 exit /b 1
if not defined RUNTIME set "RUNTIME=%VERSION%"
set "BUILD=%RUNTIME%-%ARCH%"
set "JAVA=%HOME_OF_JAVA%\bin\java.exe"
exit /b 0

rem --- Building -----------------------------------------------------------------------------------

rem A release that is not the user's to write to has its archive in the user's cache, by its place.
:find_room
if not exist "%WORK%" md "%WORK%" 2>nul
set "PROBE=%WORK%\probe-%RANDOM%"
md "%PROBE%" 2>nul
if not exist "%PROBE%" goto in_cache
rd "%PROBE%"
exit /b 0
:in_cache
set "CACHE=%USERPROFILE%\.cache\mlops"
if defined MLOPS_CACHE set "CACHE=%MLOPS_CACHE:"=%"
set "WORK=%CACHE%\launcher\%DIR::=%"
set "ARCHIVE=%WORK%\%BUILD%.jsa"
call :is_archived
exit /b 0

rem Builds and archives what is missing, as far as the folder may be written. One at a time: the lock is a
rem file that the first holds open as its stdout, which Windows closes in whatever way that one ends.
:prepare
if not exist "%WORK%" md "%WORK%" 2>nul
set "PROBE=%WORK%\probe-%RANDOM%"
md "%PROBE%" 2>nul
if not exist "%PROBE%" goto read_only
rd "%PROBE%"
set "WAITING="
:lock
if exist "%WORK%\lock" del "%WORK%\lock" >nul 2>&1
if exist "%WORK%\lock" goto locked
set "PREPARED="
call :prepare_alone >"%WORK%\lock"
if not defined PREPARED goto locked
del "%WORK%\lock" >nul 2>&1
exit /b 0

:locked
if not defined WAITING >&2 echo mlops: another mlops prepares its start here; waiting for it...
set "WAITING=yes"
ping -n 2 127.0.0.1 >nul 2>&1
goto lock

:read_only
if exist "%JAR%" goto read_only_jar
>&2 echo mlops: not built yet, and "%DIR%" cannot be written: run it once as a user who may
set "FAILED=yes"
exit /b 1
:read_only_jar
if not defined BUILT >&2 echo mlops: older than its sources, and "%DIR%" cannot be written: going on with what is there
exit /b 0

:prepare_alone
set "PREPARED=yes"
call :is_built
if not defined BUILT call :build
if defined FAILED exit /b 1
call :is_archived
if not defined ARCHIVED call :archive
exit /b 0

rem Sets BUILT if the sources are what they were when the last build began: robocopy lists, and ends with 0,
rem where nothing is new, changed or gone.
:is_built
set "BUILT=%RELEASED%"
if defined RELEASED exit /b 0
if not exist "%JAR%" exit /b 0
if not exist "%WORK%\sources\pom" exit /b 0
robocopy "%DIR%" "%WORK%\sources\pom" pom.xml /L >nul 2>&1
if errorlevel 1 exit /b 0
robocopy "%DIR%\src\main" "%WORK%\sources\main" /MIR /L >nul 2>&1
if errorlevel 1 exit /b 0
set "BUILT=yes"
exit /b 0

:build
set "WHY=first use, about a minute"
if exist "%JAR%" set "WHY=its sources changed"
>&2 echo mlops: building mlops (%WHY%)...
set "FAILED=yes"
if not exist "%HOME_OF_JAVA%\bin\javac.exe" (
  >&2 echo mlops: building needs a JDK, and "%HOME_OF_JAVA%" has no compiler; set JAVA_HOME to a JDK 17 or newer
  exit /b 1
)
if exist "%WORK%\building" rd /s /q "%WORK%\building"
robocopy "%DIR%" "%WORK%\building\pom" pom.xml /R:1 /W:1 >nul 2>&1
robocopy "%DIR%\src\main" "%WORK%\building\main" /MIR /R:1 /W:1 >nul 2>&1
set "JAVA_HOME=%HOME_OF_JAVA%"
pushd "%DIR%"
call .\mvnw.cmd -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package <nul 1>&2
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" (
  >&2 echo mlops: the build failed, see above; nothing was run
  exit /b 1
)
set "FAILED="
if exist "%WORK%\sources" rd /s /q "%WORK%\sources"
move "%WORK%\building" "%WORK%\sources" >nul
exit /b 0

rem --- The class archive --------------------------------------------------------------------------

rem An archive is of one jar, JVM and place. The JVM itself refuses one that does not fit.
:is_archived
set "ARCHIVED="
if not exist "%JAR%" exit /b 0
if not exist "%ARCHIVE%" exit /b 0
if not exist "%ARCHIVE%.place" exit /b 0
call :place
for /f "usebackq delims=" %%P in ("%ARCHIVE%.place") do if "%%~P"=="%PLACE%" set "ARCHIVED=yes"
exit /b 0

:place
for %%I in ("%JAR%") do set "PLACE=%%~fI %%~zI %%~tI"
exit /b 0

rem Notes the classes that a rehearsal loads, on a state of its own, and archives them. A JVM that cannot do
rem it leaves an empty file, so that it is not asked again. One that another mlops has in use stays as it is.
:archive
>&2 echo mlops: preparing fast starts (once for this build and Java %VERSION%)...
set "REHEARSAL=%WORK%\rehearsal"
if exist "%REHEARSAL%" rd /s /q "%REHEARSAL%"
if exist "%ARCHIVE%.place" del "%ARCHIVE%.place"
if exist "%ARCHIVE%" del /f "%ARCHIVE%" >nul 2>&1
md "%REHEARSAL%"
pushd "%REHEARSAL%"
"%JAVA%" %FLAGS% -XX:DumpLoadedClassList=classes -jar "%JAR%" bootstrap --cloud local --profile "%SAMPLE%\mlops.yml" --state state --suffix start <nul >nul 2>&1
"%JAVA%" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile=classes -XX:SharedArchiveFile=classes.jsa -cp "%JAR%" <nul >nul 2>&1
popd
if not exist "%REHEARSAL%\classes.jsa" type nul >"%REHEARSAL%\classes.jsa"
move "%REHEARSAL%\classes.jsa" "%ARCHIVE%" >nul 2>&1
if exist "%REHEARSAL%\classes.jsa" goto not_archived
call :place
>"%ARCHIVE%.place" echo "%PLACE%"
:not_archived
rd /s /q "%REHEARSAL%"
exit /b 0

rem --- Running ------------------------------------------------------------------------------------

rem One line: it is read before `endlocal`, so the program finds none of these variables in its environment.
rem The last line: so its exit code is that of this script, in whatever way it was called.
:run
endlocal & "%JAVA%" %SHARED% %FLAGS% %QUICK% %MLOPS_JAVA_OPTS% "-Dmlops.home=%SAMPLE%" "-Dmlops.command=%TYPED%" -jar "%JAR%" %*
