import type { JsonValue } from '@holdfast/contract'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem.ts'
import type { FormState } from './form-context.ts'
import { check, type Mistake } from './model/check.ts'
import type { Field, JsonObject, Path } from './model/field.ts'
import { keyOf, type Problems, problemsOf } from './model/problems.ts'
import { isObject, isSame, withValue } from './model/values.ts'

export interface SchemaForm {
  state: FormState
  /** Goes around the fields, so that the first mistake is found in it. */
  ref: RefObject<HTMLDivElement | null>
  /** Something was entered that is not saved. */
  isDirty: boolean
  /** The value to send; null when something is wrong, which is then shown at its place. */
  submit(): JsonObject | null
}

/** State of one generated form. `failure` is what the server said about the last try to save. */
export function useSchemaForm(
  field: Field,
  initial: JsonObject,
  options: { failure: unknown; isReadOnly?: boolean },
): SchemaForm {
  const { failure, isReadOnly = false } = options
  const { t } = useTranslation('forms')
  const ref = useRef<HTMLDivElement>(null)
  const [value, setValue] = useState<JsonObject>(initial)
  const [mistakes, setMistakes] = useState<Mistake[]>([])
  const fromServer = useMemo(() => serverProblems(failure), [failure])
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())

  const problems = useMemo(() => {
    const all = new Map<string, readonly string[]>([...fromServer].filter(([key]) => !touched.has(key)))
    for (const { path, reason, example } of mistakes) {
      all.set(keyOf(path), [
        example === undefined ? t(`problem.${reason}`) : t('problem.patternLike', { example }),
      ])
    }
    return all
  }, [fromServer, mistakes, touched, t])

  useEffect(() => {
    // Every answer of the server is about what was sent last.
    setTouched(new Set())
    if (fromServer.size > 0 || mistakes.length > 0) focusFirst(ref.current)
  }, [fromServer, mistakes])

  const set = (path: Path, next: JsonValue | undefined) => {
    setValue((whole) => {
      const changed = withValue(whole, path, next)
      return isObject(changed) ? changed : {}
    })
    const key = keyOf(path)
    setTouched((keys) => new Set(keys).add(key))
    // What was missing as a whole is no longer missing once a part of it was entered.
    const isAbout = (one: Mistake) => `${key}/`.startsWith(`${keyOf(one.path)}/`)
    if (mistakes.some(isAbout)) setMistakes((all) => all.filter((one) => !isAbout(one)))
  }
  const submit = () => {
    const found = check(field, value)
    setMistakes(found)
    return found.length === 0 ? value : null
  }
  const isDirty = useMemo(() => !isSame(value, initial), [value, initial])
  return { state: { value, problems, isReadOnly, set }, ref, isDirty, submit }
}

function serverProblems(failure: unknown): Problems {
  if (failure === null || failure === undefined) return new Map()
  return problemsOf(asProblem(failure).problems)
}

/** The first field that is wrong. Waits until what was folded is drawn. */
function focusFirst(container: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const field = container?.querySelector('[data-wrong="true"]')
    field?.scrollIntoView({ block: 'center' })
    field?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button')?.focus()
  })
}
