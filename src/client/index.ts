export { createSession, type Session, type SessionRequest } from './create-session.js';
export { askEligibility } from './eligibility.js';
export { lastSession, rememberSession, type LastSession } from './last-session.js';
export { pageStore } from './page-store.js';
export { readStatus, type StatusReading, type StatusRequest } from './read-status.js';
