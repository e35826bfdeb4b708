import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { officialText } from '../official-descriptions.ts'
import { CmdbuildLab } from './cmdbuild-lab.ts'
import { Rest, type RestAnswer, said } from './rest.testkit.ts'

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly default?: unknown
}

const text = officialText('cmdbuild-4.2-v3-openapi.yaml')
const schemas: Readonly<Record<string, Schema>> = text === null ? {} : parse(text).components.schemas

/** The description consists of examples: what they name must be there, and of that type or empty. */
function problems(schema: Schema | undefined, value: unknown, at = ''): string[] {
  if (!schema) return [`${at} is not described`]
  if (schema.properties) {
    if (typeof value !== 'object' || value === null) return [`${at} is no object`]
    const fields = value as Readonly<Record<string, unknown>>
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
      name in fields ? problems(inner, fields[name], `${at}/${name}`) : [`${at}/${name} lacks`],
    )
  }
  if (schema.items) {
    if (!Array.isArray(value) || value.length === 0) return [`${at} is no list with something in it`]
    return value.flatMap((one, index) => problems(schema.items, one, `${at}/${index}`))
  }
  const wanted = schema.type === 'integer' ? 'number' : schema.type
  const type = Array.isArray(value) ? 'array' : typeof value
  const isRight = wanted === undefined || value === null || type === wanted
  return isRight ? [] : [`${at} is ${type}, not ${wanted}`]
}

/** The text of an example of a failure, with our names in the place of its own. */
function message(name: string, ...names: [example: string, ours: string | number][]): string {
  const of = schemas[name]?.properties?.messages?.items?.properties?.message?.default
  return names.reduce((all, [example, ours]) => all.replaceAll(example, String(ours)), String(of))
}

/** What an attribute has besides depends on how people edit it. */
const OF_EDITORS =
  /\/(metadata\/|language|editorType|textContentSecurity|_html|multiline|mobileEditor|mobileEditorRegex)/

async function stage(version: '3.3' | '4.2' = '4.2') {
  const lab = await CmdbuildLab.start({ fixture: 'extended', version })
  const source = lab.store.addCard('Infrastructure', { Code: 'I', Name: 'i', Type: 'VeeamBackup' })
  const destination = lab.store.addCard('Storage', { Code: 's' })
  lab.store.addRelation('InfrastructureCI', source, destination)
  return { lab, rest: await Rest.as(lab), [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() }
}

describe('answers are as the vendor describes them', () => {
  test('what is read', async () => {
    await using on = await stage()
    const right = { username: on.lab.user, password: on.lab.password }
    const answers: Readonly<Record<string, RestAnswer>> = {
      APILoginSuccessExample: await on.rest.login(right),
      APIRelationsSuccessExample: await on.rest.get('/domains/InfrastructureCI/relations'),
      APILookupTypesSuccessExample: await on.rest.get('/lookup_types'),
      APILookupTypeSuccessExample: await on.rest.get('/lookup_types/CI%20-%20State'),
      APILookupValuesSuccessExample: await on.rest.get('/lookup_types/CI%20-%20State/values'),
      APIDomainsSuccessExample: await on.rest.get('/domains'),
      APIDomainExtSuccessExample: await on.rest.get('/domains/InfrastructureCI'),
    }
    for (const [name, answer] of Object.entries(answers))
      expect([name, problems(schemas[name], answer.body)]).toEqual([name, []])
  })

  test('attributes', async () => {
    await using on = await stage()
    const { body } = await on.rest.get('/classes/Storage/attributes')
    const hostname = body.data.find((one: { name: string }) => one.name === 'Hostname')
    const found = problems(schemas.APIAttributeRespones, { ...body, data: hostname })
    expect(found.filter((one) => !OF_EDITORS.test(one))).toEqual([])
  })

  test('failures', async () => {
    await using on = await stage('3.3')
    const { rest } = on
    const nobody = new Rest(on.lab)
    const cases: readonly [number, string, RestAnswer][] = [
      [401, message('Default401Example'), await nobody.get('/classes')],
      [401, message('DefaultLoginError401Example'), await nobody.login({ username: 'x', password: 'y' })],
      [404, message('DefaultClassError404Example', ['className', 'Nope']), await rest.get('/classes/Nope')],
      [
        400,
        message('DefaultClassError400Example', ['className', 'Storage'], ['cardId', 7]),
        await rest.get('/classes/Storage/cards/7'),
      ],
      [
        404,
        message('DeafaultLookupTypeError404', ['lookupType_name', 'Nope']),
        await rest.get('/lookup_types/Nope/values'),
      ],
      [404, message('Default404DomainNotFound', ['domainId', 'Nope']), await rest.get('/domains/Nope')],
      [
        404,
        message('DefaultRelation404ErrorExample'),
        await rest.send('DELETE', '/domains/InfrastructureCI/relations/7'),
      ],
    ]
    for (const [status, words, answer] of cases) {
      expect([answer.status, said(answer)]).toEqual([status, words])
      expect(problems(schemas.DefaultError500Example, answer.body)).toEqual([])
    }
  })
})
