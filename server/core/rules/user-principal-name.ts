/** What becomes of a user principal name that breaks the rules of Entra ID: two of Microsoft's articles disagree. */
export const UPN_REFUSED =
  "Entra ID refuses the object or, by another article, makes up a name of the alias and the initial domain";
