@echo off
rem Starts mlops on Windows, as the script `mlops` does on macOS and Linux: builds it on first use and
rem when its sources changed, and keeps an archive of loaded classes, which halves the time to start.
rem   MLOPS_JAVA_OPTS   options for the JVM, such as -Xmx2g
rem   JAVA_HOME         which Java to use; else the one on the PATH
setlocal
for %%I in ("%~dp0.") do set "MLOPS_DIR=%%~fI"
set "JAR=%MLOPS_DIR%\target\mlops.jar"
set "WORK=%MLOPS_DIR%\target\launcher"
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
rem The JVM prints its warnings on stdout, which belongs to the command.
set "FLAGS=-Xshare:auto -Xlog:disable -XX:+UseSerialGC"

call :is_built || call :build || exit /b 1

rem The archive is made again with each build; the JVM itself refuses one that does not fit.
if not exist "%WORK%\classes.jsa" call :archive
if exist "%WORK%\classes.jsa" set FLAGS=%FLAGS% "-XX:SharedArchiveFile=%WORK%\classes.jsa"

rem Short commands end before the optimising compiler pays.
set "QUICK=-XX:TieredStopAtLevel=1"
for %%A in (%*) do (
  if "%%~A"=="serve" set "QUICK=-Xms48m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
  if "%%~A"=="exec" set "QUICK=-Xms48m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
)

"%JAVA%" %FLAGS% %QUICK% %MLOPS_JAVA_OPTS% "-Dmlops.home=%MLOPS_DIR%" -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:is_built
if not exist "%JAR%" exit /b 1
powershell -NoProfile -Command "$jar = (Get-Item $env:JAR).LastWriteTime; $sources = Get-ChildItem -Recurse (Join-Path $env:MLOPS_DIR 'src\main'), (Join-Path $env:MLOPS_DIR 'pom.xml'); exit [int](@($sources | Where-Object { $_.LastWriteTime -gt $jar }).Count -gt 0)"
exit /b %ERRORLEVEL%

:build
set "MAJOR=0"
for /f "tokens=2 delims=. " %%V in ('""%JAVA%" --version" 2^>nul') do if "%MAJOR%"=="0" call set "MAJOR=%%V"
set /a MAJOR=MAJOR 2>nul
if %MAJOR% LSS 17 (
  echo mlops: needs a JDK 17 or newer; "%JAVA%" is none. Install one ^(https://adoptium.net^) or set JAVA_HOME 1>&2
  exit /b 1
)
echo mlops: building mlops, about a minute on first use... 1>&2
pushd "%MLOPS_DIR%"
call mvnw.cmd -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package 1>&2
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" (
  echo mlops: the build failed, see above; nothing was run 1>&2
  exit /b 1
)
powershell -NoProfile -Command "(Get-Item $env:JAR).LastWriteTime = Get-Date"
if exist "%WORK%\classes.jsa" del "%WORK%\classes.jsa"
exit /b 0

:archive
echo mlops: preparing fast starts, once for this build... 1>&2
if not exist "%WORK%" md "%WORK%" 2>nul
"%JAVA%" %FLAGS% "-XX:DumpLoadedClassList=%WORK%\classes" -jar "%JAR%" bootstrap --cloud local --profile "%MLOPS_DIR%\mlops.yml" --state "%WORK%\rehearsal" --suffix start >nul 2>&1
"%JAVA%" -Xshare:dump -XX:+UseG1GC "-XX:SharedClassListFile=%WORK%\classes" "-XX:SharedArchiveFile=%WORK%\classes.jsa" -cp "%JAR%" >nul 2>&1
if exist "%WORK%\rehearsal" rd /s /q "%WORK%\rehearsal"
exit /b 0
