import type { Server } from './working.ts'

export interface Ends {
  readonly veeam: Server
  readonly cmdb: Server
}

/**
 * How a script keeps a CMDB true that asks for one machine after the other: its last restore point, its card in both
 * classes of servers, the card written anew, and its relations. Gives the requests that it made.
 */
export async function oneByOne(
  { veeam, cmdb }: Ends,
  machines: readonly { id: string; name: string }[],
): Promise<number> {
  let calls = 0
  const ask = async (url: string, init: RequestInit): Promise<{ data: never }> => {
    calls += 1
    const answer = await fetch(url, init)
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { data: never }
  }
  const version = { 'x-api-version': '1.3-rev2' }
  const form = { grant_type: 'password', username: veeam.user, password: veeam.password }
  const token: unknown = await ask(`${veeam.url}/api/oauth2/token`, {
    method: 'POST',
    headers: version,
    body: new URLSearchParams(form),
  })
  const { access_token } = token as { access_token: string }
  const bearer = { headers: { ...version, authorization: `Bearer ${access_token}` } }
  const rest = `${cmdb.url}/services/rest/v3`
  const json = { 'content-type': 'application/json' }
  const session: { _id: string } = (
    await ask(`${rest}/sessions?scope=service&returnId=true`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: cmdb.user, password: cmdb.password }),
    })
  ).data
  const signed = { ...json, 'cmdbuild-authorization': session._id }
  const find = async (className: string, code: string): Promise<{ _id: number }[]> => {
    const filter = { attribute: { simple: { attribute: 'Code', operator: 'equal', value: [code] } } }
    const url = `${rest}/classes/${className}/cards?filter=${encodeURIComponent(JSON.stringify(filter))}`
    return (await ask(url, { headers: signed })).data
  }
  for (const { id, name } of machines) {
    const of = `backupObjectIdFilter=${id}&orderColumn=CreationTime&orderAsc=false&limit=1`
    const points: { creationTime: string }[] = (await ask(`${veeam.url}/api/v1/restorePoints?${of}`, bearer))
      .data
    const [card] = [...(await find('VirtualServer', name)), ...(await find('PhysicalServer', name))]
    if (!card) throw new Error(`${name} has no card`)
    const path = `${rest}/classes/VirtualServer/cards/${card._id}`
    const body = JSON.stringify({ LastBackup: points[0]?.creationTime })
    await ask(path, { method: 'PUT', headers: signed, body })
    await ask(`${path}/relations`, { headers: signed })
  }
  await ask(`${rest}/sessions/current`, { method: 'DELETE', headers: signed })
  await ask(`${veeam.url}/api/oauth2/logout`, { method: 'POST', ...bearer })
  return calls
}
