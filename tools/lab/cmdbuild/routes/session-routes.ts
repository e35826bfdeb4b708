import { type Call, flagOf, type Route } from '../http/call.ts'
import { ADMIN_ROLE, denied, type LabSession, type LabSessions } from '../http/sessions.ts'
import { badArgument, notFound } from '../store/lab-error.ts'

/** The user is a service user: it may not sign in the way people do. */
export function sessionRoutes(sessions: LabSessions): Route[] {
  const ofCall = (call: Call): LabSession => {
    const [id = ''] = call.names
    if (id !== 'current' && id !== call.session.id) throw notFound(`session not found for id = ${id}`)
    return call.session
  }
  return [
    { method: 'POST', path: '/sessions', run: (call) => ({ data: login(sessions, call) }) },
    {
      method: 'GET',
      path: '/sessions/{}',
      run: (call) => ({ data: sessionJson(sessions, ofCall(call), call.names[0] ?? '') }),
    },
    {
      method: 'PUT',
      path: '/sessions/{}',
      run: (call) => {
        const session = ofCall(call)
        sessions.choose(session, call.body.role)
        return { data: sessionJson(sessions, session, call.names[0] ?? '') }
      },
    },
    {
      method: 'DELETE',
      path: '/sessions/{}',
      run: (call) => {
        sessions.end(ofCall(call).id)
        return {}
      },
    },
    {
      method: 'POST',
      path: '/sessions/{}/keepalive',
      run: (call) => {
        ofCall(call)
        const timeToLiveSeconds = sessions.idleSeconds
        const recommendedKeepaliveIntervalSeconds = Math.floor(timeToLiveSeconds / 3)
        return { data: { timeToLiveSeconds, recommendedKeepaliveIntervalSeconds } }
      },
    },
    {
      method: 'GET',
      path: '/sessions/{}/privileges',
      run: (call) => ({ data: privilegesOf(ofCall(call)) }),
    },
  ]
}

function login(sessions: LabSessions, call: Call): unknown {
  const scope = call.query.get('scope') ?? call.body.scope
  if (scope !== 'service' && scope !== 'ui')
    throw badArgument("must set 'scope' param (valid values = service,ui)")
  if (scope === 'ui') throw denied('access denied')
  const session = sessions.login(call.body)
  return sessionJson(sessions, session, flagOf(call, 'returnId') ? session.id : 'current')
}

function sessionJson(sessions: LabSessions, session: LabSession, id: string): unknown {
  return {
    _id: id,
    username: session.user,
    userId: 123,
    userDescription: session.user,
    ...(session.role === null ? {} : { role: session.role }),
    availableRoles: sessions.user.roles,
    multigroup: false,
    rolePrivileges: session.role === null ? {} : privilegesOf(session),
    beginDate: session.beganAt,
    lastActive: session.beganAt,
    device: 'default',
    sessionType: 'batch',
  }
}

function privilegesOf(session: LabSession): Record<string, boolean> {
  const isAdmin = session.role === ADMIN_ROLE
  return { admin_access: isAdmin, admin_classes_modify: isAdmin, admin_lookups_modify: isAdmin }
}
