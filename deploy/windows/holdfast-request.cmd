@echo off
rem Called by holdfast-lock.cmd and holdfast-unlock.cmd, in their variables; of no use alone.
rem   prepare   reads the settings; errorlevel 2 with a message when one is wrong
rem   acquire   sends the body file; sets HOLDFAST_CODE, HOLDFAST_SECONDS and HOLDFAST_SAID
rem   release   the same
rem   done      removes what was written to the temporary folder
if "%~1"=="prepare" goto prepare
if "%~1"=="done" goto done

rem The token is read from its file by curl: on the command line others could see it.
set "HOLDFAST_CODE=000"
set "HOLDFAST_SECONDS=0"
set "HOLDFAST_SAID="
if exist "!HOLDFAST_ANSWER!" del "!HOLDFAST_ANSWER!"
"!HOLDFAST_CURL!" --silent --show-error --connect-timeout 20 --max-time 90 !HOLDFAST_CA_OPTION! !HOLDFAST_CURL_OPTIONS! --header "@!HOLDFAST_TOKEN_FILE!" --header "Content-Type: application/json" --data-binary "@!HOLDFAST_BODY!" --output "!HOLDFAST_ANSWER!" --write-out "%%{http_code} %%{time_total}" "!HOLDFAST_URL!/api/locks/%~1" >"!HOLDFAST_STATUS!" 2>"!HOLDFAST_ERRORS!"
for /f "usebackq tokens=1,2 delims=., " %%a in ("%HOLDFAST_STATUS%") do (
  set "HOLDFAST_CODE=%%a"
  set "HOLDFAST_SECONDS=%%b"
)
if "!HOLDFAST_CODE!"=="000" set /p HOLDFAST_SAID=<"!HOLDFAST_ERRORS!"
if not "!HOLDFAST_CODE!"=="000" if exist "!HOLDFAST_ANSWER!" set /p HOLDFAST_SAID=<"!HOLDFAST_ANSWER!"
if not defined HOLDFAST_SAID exit /b 0
rem An error is told by its sentence, which stands under "detail".
set "HOLDFAST_DETAIL=!HOLDFAST_SAID:*"detail":"=!"
if not "!HOLDFAST_DETAIL!"=="!HOLDFAST_SAID!" for /f delims^=^"^ eol^= %%a in ("!HOLDFAST_DETAIL!") do set "HOLDFAST_SAID=%%a"
exit /b 0

:prepare
set "HOLDFAST_URL="
set "HOLDFAST_LOCK="
set "HOLDFAST_TOKEN_FILE="
set "HOLDFAST_WAIT_MINUTES="
set "HOLDFAST_LEASE_HOURS="
set "HOLDFAST_CA_FILE="
set "HOLDFAST_CURL_OPTIONS="
set "HOLDFAST_CURL="
set "HOLDFAST_PROBLEM="
if exist "%~dp0holdfast-lock.settings.cmd" call "%~dp0holdfast-lock.settings.cmd"
if defined HOLDFAST_OTHER_LOCK set "HOLDFAST_LOCK=%HOLDFAST_OTHER_LOCK%"
if not exist "%HOLDFAST_CURL%" set "HOLDFAST_PROBLEM=there is no curl where HOLDFAST_CURL of the settings says; Windows has it since Windows 10 1803 and Server 2019"
if not exist "%HOLDFAST_TOKEN_FILE%" set "HOLDFAST_PROBLEM=there is no file with the token where HOLDFAST_TOKEN_FILE of the settings says"
if not defined HOLDFAST_LEASE_HOURS set "HOLDFAST_PROBLEM=HOLDFAST_LEASE_HOURS is not set in holdfast-lock.settings.cmd"
if not defined HOLDFAST_WAIT_MINUTES set "HOLDFAST_PROBLEM=HOLDFAST_WAIT_MINUTES is not set in holdfast-lock.settings.cmd"
if not defined HOLDFAST_LOCK set "HOLDFAST_PROBLEM=HOLDFAST_LOCK is not set in holdfast-lock.settings.cmd"
if not defined HOLDFAST_URL set "HOLDFAST_PROBLEM=HOLDFAST_URL is not set in holdfast-lock.settings.cmd"
if not exist "%~dp0holdfast-lock.settings.cmd" set "HOLDFAST_PROBLEM=the file holdfast-lock.settings.cmd is missing beside this script"
if not defined HOLDFAST_JOB set "HOLDFAST_PROBLEM=say the name of the job after the name of this script, in quotes"
if defined HOLDFAST_PROBLEM echo Holdfast: %HOLDFAST_PROBLEM%.
if defined HOLDFAST_PROBLEM exit /b 2
set "HOLDFAST_CA_OPTION="
if defined HOLDFAST_CA_FILE set HOLDFAST_CA_OPTION=--cacert "%HOLDFAST_CA_FILE%"
rem Who holds the lock, in a form that fits into a JSON text.
set "HOLDFAST_HOLDER=%HOLDFAST_JOB% on %COMPUTERNAME%"
set "HOLDFAST_HOLDER=%HOLDFAST_HOLDER:\=/%"
set "HOLDFAST_HOLDER=%HOLDFAST_HOLDER:~0,190%"
rem Two scripts that start in the same second get the same random numbers: only one of them can make the folder.
set "HOLDFAST_TRIES=0"
:folder
set /a HOLDFAST_TRIES=HOLDFAST_TRIES+1
if %HOLDFAST_TRIES% gtr 50 echo Holdfast: nothing can be written to the temporary folder "%TEMP%".
if %HOLDFAST_TRIES% gtr 50 exit /b 2
set "HOLDFAST_TEMP=%TEMP%\holdfast-%RANDOM%-%RANDOM%"
md "%HOLDFAST_TEMP%" 2>nul || goto folder
set "HOLDFAST_BODY=%HOLDFAST_TEMP%\body.json"
set "HOLDFAST_ANSWER=%HOLDFAST_TEMP%\answer.json"
set "HOLDFAST_STATUS=%HOLDFAST_TEMP%\status.txt"
set "HOLDFAST_ERRORS=%HOLDFAST_TEMP%\errors.txt"
rem Names of jobs go out as UTF-8.
for /f "tokens=2 delims=:." %%a in ('chcp') do set "HOLDFAST_CODEPAGE=%%a"
chcp 65001 >nul
exit /b 0

:done
if defined HOLDFAST_TEMP rd /s /q "!HOLDFAST_TEMP!"
if defined HOLDFAST_CODEPAGE chcp !HOLDFAST_CODEPAGE! >nul
exit /b 0
