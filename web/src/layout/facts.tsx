import { SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export interface Fact {
  name: string
  value: ReactNode
}

/** Facts of an object by name; those whose value is null do not apply and are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 4 }} spacing="md" verticalSpacing="xs" m={0}>
      {facts
        .filter(({ value }) => value !== null)
        .map(({ name, value }) => (
          <div key={name} style={{ minWidth: 0 }}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </div>
        ))}
    </SimpleGrid>
  )
}
