import type { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'

interface Series {
  name: string
  columns: string[]
  values: (string | number)[][]
}

const quote = (name: string) => `"${name.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`

async function rows(server: InfluxLab, statement: string, db: string): Promise<Series[]> {
  return (await server.query(statement, db)) as Series[]
}

/** The answer as text: numbers are compared digit by digit, never read. */
async function text(server: InfluxLab, statement: string, db: string): Promise<string> {
  const url = `${server.url}/query?${new URLSearchParams({ q: statement, db, epoch: 'ns' })}`
  const { login } = server
  const authorization = login
    ? { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` }
    : {}
  return await (await fetch(url, { headers: authorization })).text()
}

/**
 * Everything in a database, in a form that `toEqual` compares: types, retention policies, and every point of every shard. It
 * shares nothing with the product. `name` stands for the database in what is compared.
 */
export async function contentsOf(server: InfluxLab, db: string): Promise<Record<string, unknown>> {
  const contents: Record<string, unknown> = {}
  const policies = await rows(server, `SHOW RETENTION POLICIES ON ${quote(db)}`, db)
  contents.policies = (policies[0]?.values ?? []).map((row) => row.slice(0, 5))
  const shards = (await rows(server, 'SHOW SHARDS', db)).find(({ name }) => name === db)
  const groups = (shards?.values ?? []).map((row) => ({ rp: String(row[2]), from: row[4], to: row[5] }))
  for (const row of policies[0]?.values ?? []) {
    const rp = String(row[0])
    const fields = await rows(server, `SHOW FIELD KEYS ON ${quote(db)} FROM ${quote(rp)}./.*/`, db)
    for (const { name, values } of fields) {
      contents[`${rp}|${name}|types`] = values.map(String).sort()
      for (const { from, to } of groups.filter((group) => group.rp === rp)) {
        const where = `time >= '${from}' AND time < '${to}'`
        const from_ = `${quote(rp)}.${quote(name)}`
        const points = await text(server, `SELECT * FROM ${from_} WHERE ${where} GROUP BY *`, db)
        if (points.includes('"values"')) contents[`${rp}|${name}|${from}`] = points
      }
    }
  }
  return contents
}
