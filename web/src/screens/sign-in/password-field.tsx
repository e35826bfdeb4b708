import { PasswordInput, Text } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface PasswordFieldProps {
  label: string
  value: string
  onChange(value: string): void
  autoComplete: 'current-password' | 'new-password'
  description?: ReactNode
  error?: ReactNode
  isOptional?: boolean
}

/** A password, with a word about Caps Lock when it is on. */
export function PasswordField({ value, onChange, isOptional = false, ...props }: PasswordFieldProps) {
  const { t } = useTranslation('account')
  const [isCapsLock, setIsCapsLock] = useState(false)
  const watch = (event: KeyboardEvent) => setIsCapsLock(event.getModifierState('CapsLock'))
  return (
    <div>
      <PasswordInput
        {...props}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={watch}
        onKeyUp={watch}
        required={!isOptional}
        withAsterisk={false}
      />
      <Text size="xs" c="orange" mt={4} role="status" hidden={!isCapsLock}>
        {isCapsLock && t('signIn.capsLock')}
      </Text>
    </div>
  )
}
