/**
 * Attributes of which Active Directory keeps one value, as far as exports for synchronization have them. From the schema as Microsoft
 * documents it (CC BY 4.0, see NOTICE) and, for those with msExch, mailNickname, targetAddress and extensionAttribute1 to 15, from
 * Exchange's extension of it.
 */
const SINGLE_VALUED: ReadonlySet<string> = new Set(
  `accountExpires adminDescription c cn co company countryCode department displayName distinguishedName division employeeID
employeeNumber employeeType facsimileTelephoneNumber givenName groupType homeDirectory homeMDB info initials ipPhone l
legacyExchangeDN mail mailNickname managedBy manager mobile mS-DS-ConsistencyGuid msExchHideFromAddressLists
msExchMailboxGuid msExchRecipientTypeDetails msExchRemoteRecipientType objectGUID objectSid pager physicalDeliveryOfficeName
postalCode primaryGroupID sAMAccountName scriptPath sn st streetAddress targetAddress telephoneNumber thumbnailPhoto title
userAccountControl userPrincipalName`
    .toLowerCase()
    .split(/\s+/)
    .concat(Array.from({ length: 15 }, (_, at) => `extensionattribute${at + 1}`)),
);

/** Whether an attribute type, in lower case, takes one value only. What is not known may take several. */
export function isSingleValued(type: string): boolean {
  return SINGLE_VALUED.has(type);
}
