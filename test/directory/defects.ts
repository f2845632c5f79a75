import { type Attributes, bytes, type DirectoryName } from "./entries.ts";

/** A planned defect: an entry that is like a healthy one but for some attributes. */
export interface Defect {
  /** The rules that find it. */
  readonly finds: readonly string[];
  /** Whether they are silent when `fix` has made its changes. */
  readonly isFixed: boolean;
  /** What it has instead of, or besides, what a healthy entry has; `~` is its alias. */
  readonly has: Attributes;
  readonly more: More;
}

interface More {
  readonly cn?: string;
  readonly type?: "inetOrgPerson" | "contact" | "group";
  /** What Active Directory would refuse today, and what may have come into it before. */
  readonly refused?: Attributes;
  /** The only attribute that is fixed, and that no undo file restores, since Active Directory takes its old value no more. */
  readonly lost?: string;
  /** The one directory that can hold it. */
  readonly only?: DirectoryName;
}

type Row = readonly [rules: string, has: Attributes, more?: More];

/** For defects that addresses would have a part in. */
const noMail = { mail: undefined, mailNickname: undefined, proxyAddresses: undefined };

const primary = "SMTP:~@contoso.com";

function upn(userPrincipalName: string): Attributes {
  return { userPrincipalName, ...noMail };
}

function proxy(address: string): Attributes {
  return { proxyAddresses: [primary, address] };
}

const contact: More = { type: "contact" };
const group: More = { type: "group" };

/** What `fix` puts right. */
const FIXED: readonly Row[] = [
  ["upn-whitespace-or-invisible", upn("~ ~@contoso.com")],
  ["upn-whitespace-or-invisible", upn("~\u200b@contoso.com")],
  ["upn-non-ascii-characters", upn("~.müller@contoso.com")],
  ["upn-invalid-characters", upn("~&co@contoso.com")],
  ["upn-local-part-ends-badly", upn("~.@contoso.com")],
  ["upn-local-part-dot-placement", upn(".~@contoso.com")],
  ["upn-domain-not-routable", upn("~@contoso.local")],
  ["displayname-missing", { displayName: undefined }, { cn: 'Müller, "Jo" 😀' }],
  ["displayname-missing", { displayName: undefined }, { type: "group", cn: "Team without a name; #1" }],
  ["displayname-outer-whitespace", { displayName: " ~" }],
  ["displayname-outer-whitespace", { displayName: "Größe ~  " }, { cn: `${"Long Name ".repeat(6)}.` }],
  ["displayname-blank", { displayName: " " }],
  ["attribute-invisible-characters", { displayName: "~\u200b" }],
  ["mailnickname-leading-period", { mailNickname: ".~" }],
  ["mailnickname-period-placement", { mailNickname: "~." }],
  ["mailnickname-invalid-characters", { mailNickname: "~ x" }],
  ["mail-smtp-prefix mail-masked-by-proxyaddresses", { mail: "SMTP:~@contoso.com" }],
  ["mail-masked-by-proxyaddresses", { mail: "old.~@contoso.com" }],
  ["proxyaddresses-missing-prefix", proxy("~.2@contoso.com")],
  ["proxyaddresses-outer-whitespace", proxy(" smtp:~.2@contoso.com")],
  ["proxyaddresses-outer-whitespace", proxy("smtp:~.2@contoso.com ")],
  ["proxyaddresses-whitespace-or-invisible", proxy("smtp:~ 2@contoso.com")],
  ["proxyaddresses-non-ascii-characters", proxy("smtp:~.ä@contoso.com")],
  ["proxyaddresses-invalid-characters", proxy("smtp:<~.2>@contoso.com")],
  ["proxyaddresses-colon-after-prefix", proxy("smtp:SMTP:~.2@contoso.com")],
  ["proxyaddresses-domain-not-routable", proxy("smtp:~.2@contoso.local")],
  ["proxyaddresses-multiple-primary", proxy("SMTP:~.2@contoso.com")],
  ["proxyaddresses-no-primary", { proxyAddresses: "smtp:~@contoso.com" }],
  ["targetaddress-missing-prefix", { targetAddress: "~@fabrikam.com" }, contact],
  ["targetaddress-invalid-characters", { targetAddress: "SMTP:~ 2@fabrikam.com" }, contact],
  ["samaccountname-invalid-characters", {}, { refused: { sAMAccountName: "a/~" }, lost: "sAMAccountName" }],
  ["scope-contact-mail-missing", { mail: undefined, proxyAddresses: "SMTP:~@fabrikam.com" }, contact],
];

/** What only a person can decide, or what is as it should be. */
const LEFT: readonly Row[] = [
  ["upn-no-at-sign", upn("~")],
  ["upn-multiple-at-signs", upn("~@one@contoso.com")],
  ["upn-empty-local-part", upn("@contoso.com")],
  ["upn-local-part-length", upn(`~${"u".repeat(64)}@contoso.com`)],
  ["upn-domain-not-verified", upn("~@fabrikam.com")],
  ["upn-missing", { userPrincipalName: undefined, ...noMail }],
  ["upn-differs-from-primary-smtp", { mail: "other.~@contoso.com", proxyAddresses: "SMTP:other.~@contoso.com" }],
  ["mailnickname-ampersand", { mailNickname: "~&x" }],
  ["mailnickname-length", {}, { refused: { mailNickname: `~${"n".repeat(64)}` } }],
  ["exchange-attributes-ignored-without-mailnickname", { mailNickname: undefined, msExchHideFromAddressLists: "TRUE" }],
  ["mail-format", { mail: "~", proxyAddresses: undefined }],
  ["proxyaddresses-underscore-substitution", proxy("smtp:~=2@contoso.com")],
  ["proxyaddresses-smtp-format", proxy("smtp:~2")],
  ["proxyaddresses-local-part-length", proxy(`smtp:~${"p".repeat(64)}@contoso.com`)],
  ["proxyaddresses-domain-not-verified", proxy("smtp:~@fabrikam.com")],
  ["proxyaddresses-reserved-domain", proxy("smtp:~@contoso.onmicrosoft.com")],
  ["proxyaddresses-legacy-protocol", proxy("X400:c=US;a= ;p=Contoso;o=Exchange;s=~;")],
  ["proxyaddresses-too-many", { proxyAddresses: [primary, ...numbered(300, (n) => `smtp:~.${n}@contoso.com`)] }],
  // Which of the two would go, nobody knows: the directory compares without regard to capitals.
  ["proxyaddresses-duplicate-on-object", proxy("smtp:~@contoso.com"), { only: "Samba" }],
  ["targetaddress-smtp-format", { targetAddress: "SMTP:~" }, contact],
  ["samaccountname-length", {}, { refused: { sAMAccountName: `~${"s".repeat(20)}` } }],
  ["scope-samaccountname-missing", {}, { refused: { sAMAccountName: undefined } }],
  ["scope-samaccountname-missing", {}, { type: "inetOrgPerson", refused: { sAMAccountName: undefined } }],
  ["scope-samaccountname-support-account", { sAMAccountName: "SUPPORT_388945a0" }],
  ["scope-samaccountname-msol-prefix", { sAMAccountName: "MSOL_0123456789ab" }],
  ["scope-samaccountname-aad-prefix", { sAMAccountName: "AAD_0123456789ab" }],
  ["scope-samaccountname-cas-mailbox", { sAMAccountName: "CAS_{fe35fc98e69e4d}" }],
  ["scope-mailnickname-cas-mailbox", { mailNickname: "CAS_{0123456789ab}" }],
  ["scope-mailnickname-systemmailbox", { mailNickname: "SystemMailbox{1f05a927-89c0-4725-adca-4527114196a1}" }],
  ["scope-recipient-type-system-mailbox", { msExchRecipientTypeDetails: "8388608" }],
  ["scope-linked-mailbox-waits-for-account", { msExchRecipientTypeDetails: "2" }],
  ["scope-recipient-type-role-group", { msExchRecipientTypeDetails: "1073741824", mail: "~@contoso.com" }, group],
  ["scope-admindescription-user", { adminDescription: "User_DoNotSync" }],
  ["scope-admindescription-group", { adminDescription: "Group_DoNotSync" }, group],
  ["scope-critical-system-object", {}, { refused: { isCriticalSystemObject: "TRUE" } }],
  ["scope-critical-system-object-false", {}, { refused: { isCriticalSystemObject: "FALSE" } }],
  ["scope-primary-group-membership-not-synchronized", {}, { refused: { primaryGroupID: "1106" } }],
  ["scope-useraccountcontrol-missing", {}, { refused: { userAccountControl: undefined } }],
  ["scope-contact-msol-hidden", { displayName: "Partner (MSOL)", msExchHideFromAddressLists: "TRUE" }, contact],
  ["scope-contact-mail-missing", { mail: undefined }, contact],
  ["scope-contact-not-mail-enabled mail-format", { mail: "~" }, contact],
  ["scope-distribution-group-not-mail-enabled", { groupType: "8" }, group],
  ["security-group-not-mail-enabled", { mailNickname: "~" }, group],
  ["usercertificate-too-many", { userCertificate: numbered(16, (n) => bytes(20, n)) }],
  ["attribute-first-value-only", { url: ["https://contoso.com/1", "https://contoso.com/2"] }],
  ["attribute-length-exceeded", {}, { refused: { displayName: "d".repeat(257) } }],
  ["duplicate-smtp-address", proxy("smtp:both@contoso.com")],
  ["duplicate-smtp-address", proxy("smtp:Both@contoso.com")],
  ["duplicate-userprincipalname", noMail, { refused: { userPrincipalName: "twice@contoso.com" } }],
  ["duplicate-userprincipalname", noMail, { refused: { userPrincipalName: "Twice@contoso.com" } }],
  ["duplicate-mailnickname", { mailNickname: "samenick" }],
  ["duplicate-mailnickname", { mailNickname: "SameNick" }],
  ["duplicate-targetaddress", { targetAddress: "SMTP:same@fabrikam.com" }, contact],
  ["duplicate-targetaddress", { targetAddress: "smtp:Same@fabrikam.com" }, contact],
  ["duplicate-source-anchor", { "mS-DS-ConsistencyGuid": bytes(16, 9999) }],
  ["duplicate-source-anchor", { "mS-DS-ConsistencyGuid": bytes(16, 9999) }],
];

function numbered<T>(count: number, value: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => value(n));
}

function defects(rows: readonly Row[], isFixed: boolean): Defect[] {
  return rows.map(([rules, has, more = {}]) => ({ finds: rules.split(" "), isFixed, has, more }));
}

export const DEFECTS: readonly Defect[] = [...defects(FIXED, true), ...defects(LEFT, false)];
