import { OBJECT_SCHEMAS } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Field, Schema } from './field.ts'
import { readFields, readSchema } from './read-schema.ts'

const real = (kind: keyof typeof OBJECT_SCHEMAS) =>
  readSchema(z.toJSONSchema(OBJECT_SCHEMAS[kind], { io: 'input', unrepresentable: 'any' }) as Schema)
const shapes = (fields: readonly Field[]) =>
  Object.fromEntries(fields.map(({ name, shape }) => [name, shape]))

describe('readSchema', () => {
  it('tells the kinds of a union apart by their constant', () => {
    const field = real('notifications')
    if (field.shape !== 'variants') throw new Error(field.shape)
    expect(field.by).toBe('kind')
    expect(field.variants.map(({ value }) => value)).toEqual(['webhook', 'mail'])
    const [webhook, mail] = field.variants
    expect(shapes(webhook?.fields ?? [])).toMatchObject({
      enabled: 'switch',
      on: 'choices',
      jobs: 'references',
      language: 'choice',
      digest: 'group',
      url: 'branches',
      headers: 'map',
    })
    const smtp = mail?.fields.find(({ name }) => name === 'smtp')
    expect(smtp?.shape === 'group' && shapes(smtp.fields)).toMatchObject({
      port: 'number',
      password: 'secret',
    })
  })

  it('reads every setting of every object without falling back to JSON, but for what is open', () => {
    for (const kind of ['nodes', 'vaults', 'policies', 'notifications', 'jobs'] as const) {
      const field = real(kind)
      const all = field.shape === 'variants' ? field.variants.flatMap(({ fields }) => fields) : [field]
      const fields = all.flatMap((one) => (one.shape === 'group' && one.name === '' ? one.fields : [one]))
      expect(fields.filter(({ shape }) => shape === 'json').map(({ name }) => name)).toEqual(
        kind === 'jobs' ? ['config'] : [],
      )
    }
  })

  it('takes order, titles and what is advanced from the schema', () => {
    const fields = readFields({
      required: ['b'],
      properties: {
        a: { type: 'string', 'x-order': 2, 'x-advanced': true, default: 'x' },
        b: {
          type: 'string',
          enum: ['one', 'two'],
          'x-enum-titles': { one: 'One' },
          'x-order': 1,
          title: 'B',
        },
      },
    })
    expect(fields).toMatchObject([
      {
        name: 'b',
        title: 'B',
        isRequired: true,
        options: [
          { value: 'one', title: 'One' },
          { value: 'two', title: 'two' },
        ],
      },
      { name: 'a', title: 'a', isAdvanced: true, isRequired: false, initial: 'x' },
    ])
  })

  it('takes what may be null for what it is besides', () => {
    const field = readSchema({ title: 'Limit', anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] })
    expect(field).toMatchObject({ shape: 'number', isInteger: true, min: 1, title: 'Limit' })
  })
})
