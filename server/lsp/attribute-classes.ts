/** Attributes, by their types in lower case, that tell an object from all others, or say what it is called. */
export const namingAttributes: ReadonlySet<string> = new Set([
  ...["objectclass", "objectcategory", "distinguishedname", "cn", "ou", "dc", "name", "uid", "objectguid", "objectsid"],
  ...["samaccountname", "userprincipalname", "displayname", "givenname", "sn", "ms-ds-consistencyguid"],
]);

/** Attributes of addresses. */
export const addressAttributes: ReadonlySet<string> = new Set([
  ...[
    "proxyaddresses",
    "mail",
    "mailnickname",
    "targetaddress",
    "legacyexchangedn",
    "othermailbox",
    "textencodedoraddress",
  ],
  ...["msrtcsip-primaryuseraddress", "msexchgenericforwardingaddress"],
]);

/** Whether what stands behind an `@` in a value of the attribute is a domain. */
export function holdsDomains(type: string): boolean {
  return type === "userprincipalname" || (addressAttributes.has(type) && type !== "legacyexchangedn");
}
