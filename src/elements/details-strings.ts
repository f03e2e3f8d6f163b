/** English, what is shown where the server misses something of the shopper. The fields' labels have the fields' own names. */
export const detailsEn = {
  /** The dialog's heading, and the line below it. */
  details: 'Your details',
  detailsWhy: 'These are needed to open the payment page.',
  customer: 'Contact',
  shipping_info: 'Shipping address',
  billing_info: 'Billing address',
  email: 'Email',
  first_name: 'First name',
  last_name: 'Last name',
  phone: 'Phone',
  address_line_1: 'Street address',
  address_line_2: 'Apartment, suite, unit',
  city: 'City',
  state: 'State',
  postal_code: 'ZIP code',
  country: 'Country',
  /** The one country that is offered: HSA and FSA are US accounts. */
  us: 'United States',
  /** Behind the label of a field that may stay empty. */
  optional: 'optional',
  /** What the list of states says before one is chosen. */
  choose: 'Choose…',
  sameAddress: 'Same as the shipping address',
  /** Errors, each beside its field. */
  missing: 'Please fill this in.',
  wrongEmail: 'Please enter an email address such as name@example.com.',
  wrongZip: 'Please enter a ZIP code such as 60614 or 60614-1234.',
  wrong: 'Please check this.',
  submitDetails: 'Continue to payment',
  cancel: 'Cancel',
};

/** Every text of the dialog that asks for missing details. Replace any of them with `.strings`. */
export type DetailsStrings = typeof detailsEn;

/** Spanish. */
export const detailsEs: DetailsStrings = {
  details: 'Sus datos',
  detailsWhy: 'Son necesarios para abrir la página de pago.',
  customer: 'Contacto',
  shipping_info: 'Dirección de envío',
  billing_info: 'Dirección de facturación',
  email: 'Correo electrónico',
  first_name: 'Nombre',
  last_name: 'Apellidos',
  phone: 'Teléfono',
  address_line_1: 'Calle y número',
  address_line_2: 'Apartamento, suite, unidad',
  city: 'Ciudad',
  state: 'Estado',
  postal_code: 'Código postal (ZIP)',
  country: 'País',
  us: 'Estados Unidos',
  optional: 'opcional',
  choose: 'Elija…',
  sameAddress: 'La misma que la dirección de envío',
  missing: 'Complete este campo.',
  wrongEmail: 'Escriba un correo como nombre@example.com.',
  wrongZip: 'Escriba un código postal como 60614 o 60614-1234.',
  wrong: 'Revise este dato.',
  submitDetails: 'Continuar al pago',
  cancel: 'Cancelar',
};
