/** The program that wrote a CSV export, as its header tells it. */
export type CsvDialectName =
  | "csvde"
  | "adfind"
  | "powershell"
  | "idfix"
  | "exchange"
  | "graph"
  | "entra-users"
  | "entra-template"
  | "microsoft-365";

/** How several values, or values that are no plain text, stand in one field. */
export type CellSyntax = "csvde" | "semicolons" | "joined" | "single";

/** What a column of a dialect stands for. */
export interface CsvDialect {
  readonly name: CsvDialectName;
  readonly cells: CellSyntax;
  /** Whether a header is one of this dialect; names are in lower case, and Turkish letters are undone. */
  recognizes(names: ReadonlySet<string>, header: readonly string[]): boolean;
  /** The LDAP display names of the attributes behind columns that are called otherwise, by names in lower case. */
  readonly attributes: Readonly<Record<string, string>>;
  /** A column that has no entry there is the attribute of that name; otherwise it is none. */
  readonly namesAreAttributes: boolean;
  /** Columns that hold no attribute, whatever they are called, in lower case. */
  readonly computed?: ReadonlySet<string>;
  /** The column with the DN, in lower case, the best first. */
  readonly dn: readonly string[];
  /** Where there is no DN: the columns that name an object to people, and those that tell it from all others, the best first. */
  readonly title: readonly string[];
  readonly identity: readonly string[];
  /** The export is one of the cloud: the objects are users of Entra ID unless a column says otherwise. */
  readonly isCloud?: true;
}

/** Get-ADUser, Get-ADGroup, Get-ADComputer and Get-ADObject: property names that are not the attribute's own (Microsoft Learn). */
const POWERSHELL_NAMES = {
  city: "l",
  certificates: "userCertificate",
  country: "c",
  created: "whenCreated",
  emailaddress: "mail",
  fax: "facsimileTelephoneNumber",
  homepage: "wWWHomePage",
  logonworkstations: "userWorkstations",
  members: "member",
  mobilephone: "mobile",
  modified: "whenChanged",
  office: "physicalDeliveryOfficeName",
  officephone: "telephoneNumber",
  organization: "o",
  othername: "middleName",
  pobox: "postOfficeBox",
  serviceprincipalnames: "servicePrincipalName",
  sid: "objectSid",
  state: "st",
  surname: "sn",
  groupcategory: "groupType",
} as const;

/** Properties that these commands compute of attributes, or of nothing that can be written (Microsoft Learn): no column of an attribute. */
const COMPUTED_PROPERTIES: ReadonlySet<string> = new Set(
  `AccountExpirationDate AccountLockoutTime AccountNotDelegated AllowReversiblePasswordEncryption BadLogonCount CannotChangePassword
CompoundIdentitySupported Deleted DoesNotRequirePreAuth Enabled GroupScope HomedirRequired IPv4Address IPv6Address KerberosEncryptionType
LastBadPasswordAttempt LastKnownParent LastLogonDate LockedOut MNSLogonAccount PasswordExpired PasswordLastSet PasswordNeverExpires
PasswordNotRequired PrimaryGroup PrincipalsAllowedToDelegateToAccount PropertyCount ProtectedFromAccidentalDeletion
SmartcardLogonRequired TrustedForDelegation TrustedToAuthForDelegation UseDESKeyOnly`
    .toLowerCase()
    .split(/\s+/),
);

/** Names of the user resource of Microsoft Graph, which Entra's own downloads use, too. */
const GRAPH_NAMES = {
  userprincipalname: "userPrincipalName",
  displayname: "displayName",
  givenname: "givenName",
  surname: "sn",
  mail: "mail",
  mailnickname: "mailNickname",
  proxyaddresses: "proxyAddresses",
  jobtitle: "title",
  department: "department",
  companyname: "company",
  streetaddress: "streetAddress",
  city: "l",
  state: "st",
  country: "co",
  postalcode: "postalCode",
  telephonenumber: "telephoneNumber",
  mobile: "mobile",
  mobilephone: "mobile",
  officelocation: "physicalDeliveryOfficeName",
  physicaldeliveryofficename: "physicalDeliveryOfficeName",
  employeeid: "employeeID",
} as const;

const EXCHANGE_NAMES = {
  alias: "mailNickname",
  displayname: "displayName",
  emailaddresses: "proxyAddresses",
  externalemailaddress: "targetAddress",
  firstname: "givenName",
  lastname: "sn",
  name: "cn",
  office: "physicalDeliveryOfficeName",
  primarysmtpaddress: "mail",
  samaccountname: "sAMAccountName",
  userprincipalname: "userPrincipalName",
} as const;

const MICROSOFT_365_NAMES = {
  "user principal name": "userPrincipalName",
  "user name": "userPrincipalName",
  "display name": "displayName",
  "first name": "givenName",
  "last name": "sn",
  "proxy addresses": "proxyAddresses",
  "job title": "title",
  title: "title",
  department: "department",
  office: "physicalDeliveryOfficeName",
  "office number": "physicalDeliveryOfficeName",
  "office phone": "telephoneNumber",
  "phone number": "telephoneNumber",
  "mobile phone": "mobile",
  "mobile phone number": "mobile",
  fax: "facsimileTelephoneNumber",
  "fax number": "facsimileTelephoneNumber",
  address: "streetAddress",
  "street address": "streetAddress",
  city: "l",
  state: "st",
  "state or province": "st",
  "zip or postal code": "postalCode",
  "postal code": "postalCode",
  "country or region": "co",
  "country/region": "co",
} as const;

/** The columns of IdFix: one row for each value that it found wrong. */
export const IDFIX_COLUMNS = [
  "DISTINGUISHEDNAME",
  "COMMONNAME",
  "OBJECTCLASS",
  "ATTRIBUTE",
  "ERROR",
  "VALUE",
  "UPDATE",
  "PROPOSEDACTION",
  "ACTION",
] as const;

/** In this order the first one that recognizes a header has it. */
export const CSV_DIALECTS: readonly CsvDialect[] = [
  {
    name: "idfix",
    cells: "single",
    recognizes: (names) =>
      ["distinguishedname", "attribute", "value", "update", "action"].every((name) => names.has(name)),
    attributes: {},
    namesAreAttributes: false,
    dn: ["distinguishedname"],
    title: [],
    identity: [],
  },
  {
    name: "entra-template",
    cells: "single",
    recognizes: (names, header) =>
      names.has("userprincipalname") && header.some((name) => /\[userPrincipalName\]/i.test(name)),
    attributes: GRAPH_NAMES,
    namesAreAttributes: false,
    dn: [],
    title: ["userprincipalname", "displayname"],
    identity: ["userprincipalname"],
    isCloud: true,
  },
  {
    name: "csvde",
    cells: "csvde",
    recognizes: (_names, header) => header[0] === "DN" && header.length > 1 && isAttributes(header),
    attributes: { proxyaddress: "proxyAddresses" },
    namesAreAttributes: true,
    dn: ["dn", "distinguishedname"],
    title: [],
    identity: [],
  },
  {
    name: "adfind",
    cells: "semicolons",
    recognizes: (_names, header) => header[0] === "dn" && header.length > 1 && isAttributes(header),
    attributes: { proxyaddress: "proxyAddresses" },
    namesAreAttributes: true,
    dn: ["dn", "distinguishedname"],
    title: [],
    identity: [],
  },
  {
    name: "exchange",
    cells: "joined",
    recognizes: (names) =>
      (names.has("emailaddresses") || names.has("primarysmtpaddress")) &&
      (names.has("recipienttypedetails") || names.has("recipienttype") || names.has("alias")),
    attributes: EXCHANGE_NAMES,
    namesAreAttributes: false,
    dn: ["distinguishedname"],
    title: ["userprincipalname", "primarysmtpaddress", "name", "displayname"],
    identity: ["externaldirectoryobjectid", "guid", "id", "identity", "primarysmtpaddress"],
    isCloud: true,
  },
  {
    name: "entra-users",
    cells: "joined",
    recognizes: (names) =>
      isListOfUsers(names) &&
      (names.has("objectid") || names.has("id")) &&
      (names.has("usertype") || names.has("accountenabled")) &&
      !names.has("businessphones"),
    attributes: GRAPH_NAMES,
    namesAreAttributes: false,
    dn: [],
    title: ["userprincipalname", "displayname"],
    identity: ["objectid", "id"],
    isCloud: true,
  },
  {
    name: "graph",
    cells: "joined",
    recognizes: (names) =>
      isListOfUsers(names) &&
      ["id", "businessphones", "proxyaddresses", "mailnickname", "onpremisesdistinguishedname"].some((name) =>
        names.has(name),
      ),
    attributes: { ...GRAPH_NAMES, onpremisessamaccountname: "sAMAccountName" },
    namesAreAttributes: false,
    // Where it is given, it is empty in most rows: it names nobody there.
    dn: [],
    title: ["userprincipalname", "displayname"],
    identity: ["id", "userprincipalname"],
    isCloud: true,
  },
  {
    name: "microsoft-365",
    cells: "joined",
    recognizes: (names) =>
      names.has("display name") &&
      (names.has("user principal name") || (names.has("user name") && names.has("first name"))) &&
      !names.has("report refresh date"),
    attributes: MICROSOFT_365_NAMES,
    namesAreAttributes: false,
    dn: [],
    title: ["user principal name", "user name", "display name"],
    identity: ["object id", "user principal name", "user name"],
    isCloud: true,
  },
  {
    name: "powershell",
    cells: "joined",
    recognizes: (names) => isOnPremises(names) && names.size > 1,
    attributes: POWERSHELL_NAMES,
    namesAreAttributes: true,
    computed: COMPUTED_PROPERTIES,
    dn: ["distinguishedname", "dn"],
    title: ["userprincipalname", "samaccountname", "name", "cn"],
    identity: ["objectguid", "sid", "objectsid", "samaccountname", "userprincipalname"],
  },
];

/** Users of the cloud, each in one row. In a log a user has many. */
function isListOfUsers(names: ReadonlySet<string>): boolean {
  if (!names.has("userprincipalname") || isOnPremises(names)) return false;
  if (!["displayname", "mail", "proxyaddresses", "mailnickname"].some((name) => names.has(name))) return false;
  return !["date", "date (utc)", "request id", "correlation id", "status", "activity", "ip address"].some((name) =>
    names.has(name),
  );
}

/** What only an on-premises directory has. */
function isOnPremises(names: ReadonlySet<string>): boolean {
  return ["distinguishedname", "samaccountname", "objectguid", "objectsid"].some((name) => names.has(name));
}

/** Every column is named like an attribute. */
function isAttributes(header: readonly string[]): boolean {
  return header.every((name) => name === "" || /^[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9=*-]+)*$/.test(name));
}
