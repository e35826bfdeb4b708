@echo off
rem Before a job of another program, such as Veeam: takes the lock of Holdfast, and waits for it.
rem   holdfast-lock.cmd "name of the job" [lock, where it is not the one of the settings]
rem Exit codes: 0 taken; 2 settings wrong; 4 server not reached; 11 not free in time; 12 token refused; 1 anything else.
rem Holds no secret and needs nothing but what Windows ships: cmd and curl. Settings: holdfast-lock.settings.cmd
setlocal EnableExtensions DisableDelayedExpansion
set "HOLDFAST_JOB=%~1"
set "HOLDFAST_OTHER_LOCK=%~2"
set "HOLDFAST_HERE=%~dp0"
call "%~dp0holdfast-request.cmd" prepare
if errorlevel 1 exit /b 2
setlocal EnableDelayedExpansion

set /a total=HOLDFAST_WAIT_MINUTES*60
set /a lease=HOLDFAST_LEASE_HOURS*3600
set "waited=0"
set "silent=0"
set "told="

rem One request waits for less than a minute, since proxies end requests that take longer.
:again
set /a left=total-waited
if !left! lss 0 set "left=0"
set "piece=50"
if !left! lss 50 set "piece=!left!"
set "last=false"
if !left! leq 50 if !total! gtr 0 set "last=true"
>"!HOLDFAST_BODY!" echo {"name":"!HOLDFAST_LOCK!","holder":"!HOLDFAST_HOLDER!","leaseSeconds":!lease!,"waitSeconds":!piece!,"waitedSeconds":!waited!,"tellTimeout":!last!}
call "!HOLDFAST_HERE!holdfast-request.cmd" acquire
if "!HOLDFAST_CODE!"=="204" goto taken
if "!HOLDFAST_CODE!"=="409" goto held
if "!HOLDFAST_CODE!"=="401" goto refused
if "!HOLDFAST_CODE!"=="403" goto refused
if "!HOLDFAST_CODE!"=="429" goto unreachable
if !HOLDFAST_CODE! geq 400 if !HOLDFAST_CODE! lss 500 goto invalid
goto unreachable

:held
set "silent=0"
if !left! leq 50 goto timeout
if not defined told echo Holdfast: waiting for the lock !HOLDFAST_LOCK!, at most !HOLDFAST_WAIT_MINUTES! minutes: !HOLDFAST_SAID!
set "told=1"
rem curl says how long the request took: an answer that comes at once must not count as a wait.
set /a waited=waited+HOLDFAST_SECONDS
if !HOLDFAST_SECONDS! lss 1 (
  set /a waited=waited+1
  ping -n 2 127.0.0.1 >nul
)
goto again

:unreachable
set /a silent=silent+HOLDFAST_SECONDS+15
set /a waited=waited+HOLDFAST_SECONDS+15
if !silent! gtr 600 goto silence
echo Holdfast: no good answer from !HOLDFAST_URL! (!HOLDFAST_CODE!), trying again: !HOLDFAST_SAID!
rem timeout.exe wants a keyboard, which a service does not have.
ping -n 16 127.0.0.1 >nul
goto again

:taken
echo Holdfast: the lock !HOLDFAST_LOCK! is held for !HOLDFAST_HOLDER!, for at most !HOLDFAST_LEASE_HOURS! hours.
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 0

:timeout
echo Holdfast: the lock !HOLDFAST_LOCK! was not free within !HOLDFAST_WAIT_MINUTES! minutes: !HOLDFAST_SAID!
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 11

:silence
echo Holdfast: !HOLDFAST_URL! cannot be reached, so nobody knows whether a copy is going on: !HOLDFAST_SAID!
rem The last request may have got through without its answer.
>"!HOLDFAST_BODY!" echo {"name":"!HOLDFAST_LOCK!","holder":"!HOLDFAST_HOLDER!"}
call "!HOLDFAST_HERE!holdfast-request.cmd" release
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 4

:refused
echo Holdfast: the token in !HOLDFAST_TOKEN_FILE! is not accepted, it needs the permission lock: !HOLDFAST_SAID!
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 12

:invalid
echo Holdfast: the request was not accepted (!HOLDFAST_CODE!): !HOLDFAST_SAID!
call "!HOLDFAST_HERE!holdfast-request.cmd" done
exit /b 1
