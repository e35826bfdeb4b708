import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { notifyProblem } from './problems/notify.tsx'
import { createQueryClient } from './query-client.ts'
import { buildRouter } from './routing/router.ts'
import { theme } from './theme.ts'

const queryClient = createQueryClient({
  signedOut: () => {
    const { pathname, href } = router.state.location
    if (pathname === '/sign-in' || pathname === '/setup') return
    void router
      .navigate({ to: '/sign-in', search: { to: href }, ignoreBlocker: true })
      .then(() => queryClient.clear())
  },
  changeFailed: notifyProblem,
})
const router = buildRouter(queryClient)

export function App() {
  return (
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}
