// CSV as csvde writes it: a column for every attribute that some entry of the directory has, values joined with semicolons.

const ATTRIBUTES =
  `objectClass distinguishedName cn sn c l st title description physicalDeliveryOfficeName telephoneNumber givenName
instanceType whenCreated whenChanged displayName uSNCreated uSNChanged memberOf member co department company proxyAddresses name
objectGUID userAccountControl countryCode lastLogon lastLogonTimestamp pwdLastSet primaryGroupID accountExpires logonCount
userPrincipalName objectSid sAMAccountName sAMAccountType objectCategory dSCorePropagationData mail mailNickname legacyExchangeDN
showInAddressBook msExchVersion msExchRecipientTypeDetails msExchHomeServerName msExchMailboxGuid msExchWhenMailboxCreated
msExchHideFromAddressLists info extensionAttribute1 homeDirectory userCertificate groupType targetAddress manager
thumbnailPhoto`.split(/\s+/);

const COLUMNS = new Map(ATTRIBUTES.map((name, column) => [name, column]));

export const CSVDE_HEADER = `DN,${ATTRIBUTES.join(",")}\r\n`;

/** Only what would be taken for something else is quoted. */
const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

const written = (value) =>
  typeof value === "string" ? value.replace(/[\\;]/g, "\\$&") : `X'${value.toString("hex")}'`;

/** The row of an entry. Of its object classes only the most special one is written. */
export function csvdeOf({ dn, pairs }) {
  const fields = new Array(ATTRIBUTES.length).fill("");
  for (const [name, value] of pairs) {
    const column = COLUMNS.get(name);
    if (column === undefined) throw new Error(`there is no column for ${name}`);
    const isNext = fields[column] !== "" && name !== "objectClass";
    fields[column] = isNext ? `${fields[column]};${written(value)}` : written(value);
  }
  return `${[dn, ...fields].map(quoted).join(",")}\r\n`;
}
