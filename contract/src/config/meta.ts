import { z } from 'zod'

/**
 * Titles and descriptions that several objects share. Besides them `.meta` may give a form hints: `x-widget` (secret,
 * path, cron, time-zone, duration, byte-size, reference, multiline), `x-reference` (what a reference names),
 * `x-enum-titles` (a title for each value), `x-order` and `x-advanced` (true for what most people leave alone).
 */
export const OBJECT_NAME = {
  title: 'Name',
  description: 'Unique among the objects of its kind; other objects refer to it by this name',
}

export const ENABLED = { title: 'Enabled', description: 'False keeps the object but leaves it idle' }

export const remark = z
  .string()
  .max(500)
  .meta({ title: 'Description', description: 'A remark for people', 'x-widget': 'multiline' })
