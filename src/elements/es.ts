import type { LearnMoreStrings } from './learn-more.js';
import type { StatusStrings } from './status-strings.js';
import type { Strings } from './strings.js';

/** Spanish, with the same conditions as the English words. */
export const es: Strings = {
  pay: 'Pagar con HSA/FSA',
  continue: 'Continuar con el pago',
  creating: 'Abriendo el pago seguro…',
  waiting: 'Un momento más…',
  eligible: 'Elegible para HSA/FSA',
  allEligible: 'Todos los artículos son elegibles para HSA/FSA',
  lmn: 'Puede ser elegible para HSA/FSA con una carta de necesidad médica',
  split: 'Es posible pagar {eligible} de {total} con HSA/FSA.',
  splitLmn: '{lmn} puede ser elegible para HSA/FSA con una carta de necesidad médica.',
  splitRest: 'El resto se paga con otra tarjeta.',
  splitSome: 'Es posible pagar algunos artículos con HSA/FSA.',
  learnMore: 'Más información',
  error: 'Algo salió mal de nuestro lado. Inténtelo de nuevo.',
  offline: 'Parece que no tiene conexión. Revísela e inténtelo de nuevo.',
  network: 'No pudimos conectar con el servicio de pago. Inténtelo de nuevo.',
  timeout: 'Está tardando más de lo esperado. No se le ha cobrado nada. Inténtelo de nuevo.',
  rate_limited: 'Demasiados intentos. Inténtelo de nuevo en un minuto.',
  rejected: 'Algunos datos del carrito necesitan atención. Revise su carrito.',
  too_large: 'Su carrito es demasiado grande para este método de pago. Quite algunos artículos.',
  empty_cart: 'Su carrito está vacío. Agregue un artículo para pagar.',
  unavailable: 'El pago con HSA/FSA no está disponible para este carrito. Use otro método de pago.',
  session_expired: 'Ese enlace de pago venció. Inténtelo de nuevo.',
  session_closed: 'Este pedido ya está pagado.',
  navigation_blocked: 'La página de pago no se abrió sola.',
  aborted: 'Su carrito cambió. Inténtelo de nuevo.',
  buyAgain: 'Comprar de nuevo',
  repriced: 'El total ahora es {total}. ¿Continuar?',
  test: 'modo de prueba',
};

/** The status element, in Spanish. */
export const statusEs: StatusStrings = {
  confirming: 'Confirmando su pago…',
  retrying: 'Seguimos confirmando su pago. Reintentando…',
  unconfirmed: 'Aún no está confirmado. Revise su correo electrónico antes de pagar de nuevo.',
  paid: 'Pago recibido.',
  expired: 'Este pago venció. No se cobró nada por él.',
  failed: 'El pago no se completó.',
  cancelled: 'Este pago se canceló. No se cobró nada con este pago.',
  refunded: 'Este pago se reembolsó.',
  missing: 'No pudimos encontrar este pago.',
  retry: 'Empezar de nuevo',
};

/** What the badge's words mean, in Spanish. */
export const learnMoreEs: LearnMoreStrings = {
  learnTitle: 'Sobre el pago con HSA/FSA',
  learnAccounts:
    'Una cuenta de ahorros para la salud (HSA) y una cuenta de gastos flexibles (FSA) son para gastos de atención médica: diagnosticar, tratar o prevenir una enfermedad. El bienestar general no cuenta.',
  learnLetter:
    'Algunos artículos pueden ser elegibles solo con una carta de necesidad médica, en la que un profesional de la salud con licencia explica por qué los necesita para una enfermedad.',
  learnSplit:
    'Si su carrito tiene también otros artículos, es posible pagar la parte elegible con HSA/FSA. El resto se paga con otra tarjeta.',
  learnDecides: 'Esto no es asesoría fiscal. El administrador de su plan decide.',
  learnClose: 'Cerrar',
};
