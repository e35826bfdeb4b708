import { startSmtp } from '../../../server/src/clients/smtp/smtp.testkit.ts'

/** A mail server for the network it is started in: says its port, then each mail as a line of JSON. */
const [password = ''] = process.argv.slice(2)
const smtp = await startSmtp(password, { allowInsecureAuth: true })
process.stdout.write(`${smtp.port}\n`)
let shown = 0
setInterval(() => {
  for (const mail of smtp.mails.slice(shown)) process.stdout.write(`${JSON.stringify(mail)}\n`)
  shown = smtp.mails.length
}, 100)
