@rem Settings of holdfast-lock.cmd and holdfast-unlock.cmd, which lie in the same folder.
@rem A folder is written with its drive: C:\ProgramData\Holdfast\ca.pem. %~dp0 is the folder of this file.

@rem Address of Holdfast, without a slash at the end.
set "HOLDFAST_URL=https://backup.example.org"

@rem The lock: the same name as in `locks` of the job of Holdfast that must not run at the same time.
set "HOLDFAST_LOCK=veeam/nightly"

@rem File with the token, in one line: Authorization: Bearer hft_...
set "HOLDFAST_TOKEN_FILE=%~dp0holdfast-lock.token"

@rem How long to wait for the lock, and after what time it is given back should the job die.
set "HOLDFAST_WAIT_MINUTES=480"
set "HOLDFAST_LEASE_HOURS=24"

@rem File with the certificate authority of the server, where Windows does not know it. Needs curl 7.60 or newer.
set "HOLDFAST_CA_FILE="

@rem Anything else that curl is to be told, such as --ssl-no-revoke for an authority without a revocation list.
set "HOLDFAST_CURL_OPTIONS="

@rem The curl of Windows 10 1803, Windows Server 2019 and newer.
set "HOLDFAST_CURL=%SystemRoot%\System32\curl.exe"
