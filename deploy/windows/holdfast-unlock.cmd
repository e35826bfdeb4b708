@echo off
rem After a job of another program, such as Veeam: gives the lock of Holdfast back.
rem   holdfast-unlock.cmd "name of the job" [lock], with the same words as holdfast-lock.cmd
rem Exit codes: 0 given back; 2 settings wrong; 3 it was not held any more; 4 server not reached; 12 token refused; 1 anything else.
setlocal EnableExtensions DisableDelayedExpansion
set "HOLDFAST_JOB=%~1"
set "HOLDFAST_OTHER_LOCK=%~2"
set "HOLDFAST_HERE=%~dp0"
call "%~dp0holdfast-request.cmd" prepare
if errorlevel 1 exit /b 2
setlocal EnableDelayedExpansion

set "silent=0"
>"!HOLDFAST_BODY!" echo {"name":"!HOLDFAST_LOCK!","holder":"!HOLDFAST_HOLDER!"}

:again
call "!HOLDFAST_HERE!holdfast-request.cmd" release
if "!HOLDFAST_CODE!"=="200" goto answered
if "!HOLDFAST_CODE!"=="401" goto refused
if "!HOLDFAST_CODE!"=="403" goto refused
if "!HOLDFAST_CODE!"=="429" goto unreachable
if !HOLDFAST_CODE! geq 400 if !HOLDFAST_CODE! lss 500 goto invalid
goto unreachable

:unreachable
set /a silent=silent+HOLDFAST_SECONDS+15
if !silent! gtr 300 goto silence
ping -n 16 127.0.0.1 >nul
goto again

:answered
rem The answer is {"released":true} or {"released":false}.
find "true" "!HOLDFAST_ANSWER!" >nul
if errorlevel 1 goto lapsed
echo Holdfast: the lock !HOLDFAST_LOCK! is free.
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 0

:lapsed
echo Holdfast: the lock !HOLDFAST_LOCK! was no longer held for !HOLDFAST_HOLDER!: the lease was too short, or the job has another name.
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 3

:silence
echo Holdfast: !HOLDFAST_URL! cannot be reached; the lock !HOLDFAST_LOCK! lapses by itself after its lease: !HOLDFAST_SAID!
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 4

:refused
echo Holdfast: the token in !HOLDFAST_TOKEN_FILE! is not accepted, or another user took the lock: !HOLDFAST_SAID!
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 12

:invalid
echo Holdfast: the request was not accepted (!HOLDFAST_CODE!): !HOLDFAST_SAID!
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 1
