import { Container } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isProblem } from '../api/problem.ts'
import { ProblemAlert } from '../problems/problem-alert.tsx'
import { Crash } from './fallbacks.tsx'
import { isServerBack, mayReload } from './server-back.ts'

const LOOK_AGAIN_MS = 2000

/** A page that did not come or has failed, inside the frame, so that the menu stays. */
export function PageFailure(props: ErrorComponentProps) {
  return isProblem(props.error, 'server-unreachable') ? (
    <Unreachable error={props.error} />
  ) : (
    <Crash {...props} />
  )
}

/** Comes back by itself as soon as the server does: with the files of its present version, which may be a newer one. */
function Unreachable({ error }: { error: Error }) {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isGone = false
    const look = async () => {
      const isBack = await isServerBack()
      if (isGone) return
      if (isBack && mayReload(sessionStorage, error.message, Date.now())) location.reload()
      else timer = setTimeout(() => void look(), LOOK_AGAIN_MS)
    }
    void look()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [error])
  const retry = async () => {
    // Loading the page while the server is away would end outside of the application.
    if (await isServerBack()) location.reload()
  }
  return (
    <Container size="sm" py="xl">
      <ProblemAlert error={error} onRetry={() => void retry()} />
    </Container>
  )
}
