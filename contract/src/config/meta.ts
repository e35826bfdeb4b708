import { z } from 'zod'

/**
 * Titles and descriptions that several objects share. Besides them `.meta` may give a form hints: `x-widget` (secret,
 * path, cron, time-zone, duration, byte-size, reference, multiline), `x-reference` (what a reference names),
 * `x-enum-titles` (a title for each value), `x-order`, `x-advanced` (true for what most people leave alone),
 * `x-only-with` (a property beside it and the values of that with which it makes sense) and `x-required` (true for what
 * is necessary wherever it makes sense, as the schema itself cannot say).
 */
export const OBJECT_NAME = {
  title: 'Name',
  description:
    'A name that no other of its kind has, and that does not look like an id such as job_0123456789ab; others refer to it by this name',
}

export const ENABLED = {
  title: 'Enabled',
  description: 'Switched off (`false`), it is kept but does nothing',
}

export const remark = z
  .string()
  .max(500)
  .meta({ title: 'Description', description: 'A remark for people', 'x-widget': 'multiline' })
