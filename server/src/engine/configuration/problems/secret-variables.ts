import {
  type ConfigDocument,
  type ConfigProblem,
  isSecretVariable,
  secretReference,
} from '@holdfast/contract'

type Value = readonly [path: readonly string[], value: unknown]

/** Variables that are named as secrets by notifications and nodes, and were not set to be one. */
export function secretVariableProblems({ notifications, nodes }: ConfigDocument): ConfigProblem[] {
  return [
    ...notifications.flatMap((spec, index) => problemsOf('notifications', index, ofNotification(spec))),
    ...nodes.flatMap((spec, index) => problemsOf('nodes', index, ofNode(spec))),
  ]
}

function ofNotification(spec: ConfigDocument['notifications'][number]): Value[] {
  if (spec.kind === 'mail') return [[['smtp', 'password'], spec.smtp.password]]
  const headers = Object.entries(spec.headers).map(([name, value]): Value => [['headers', name], value])
  return [[['url'], spec.url], ...headers]
}

function ofNode(spec: ConfigDocument['nodes'][number]): Value[] {
  if (spec.kind === 'host') return []
  const password: Value = [['password'], spec.password]
  return spec.kind === 'influxdb' ? [password, [['token'], spec.token]] : [password]
}

function problemsOf(kind: ConfigProblem['kind'], index: number, values: readonly Value[]): ConfigProblem[] {
  return values.flatMap(([path, value]): ConfigProblem[] => {
    const named = secretReference.safeParse(value)
    const problem = named.success && 'env' in named.data ? variableProblem(named.data.env) : null
    return problem ? [{ kind, index, path: [...path, 'env'], ...problem }] : []
  })
}

export function variableProblem(name: string): Pick<ConfigProblem, 'message' | 'hint'> | null {
  if (isSecretVariable(name)) return null
  return {
    message: `the environment variable ${name} is not one for secrets`,
    hint: 'Give the variable a name that begins with HOLDFAST_SECRET_.',
  }
}
