/** The documents that the rules rest on. Each was read; dates are those of the text that was read. */
const CONNECT = "https://learn.microsoft.com/entra/identity/hybrid/connect";
const SUPPORT = "https://learn.microsoft.com/troubleshoot/entra/entra-id/user-prov-sync";

/** Objects that do not synchronize, KB 2643629 (2024-03-12). */
export const SCOPING_ARTICLE = `${SUPPORT}/objects-dont-sync-ad-sync-tool`;
/** How proxyAddresses is populated, KB 3190357 (2023-11-06). */
export const PROXY_ADDRESSES_ARTICLE = `${SUPPORT}/proxyaddresses-attribute-populate`;
/** The default configuration of Connect Sync, rule by rule (2025-04-09). */
export const DEFAULT_CONFIGURATION = `${CONNECT}/concept-azure-ad-connect-sync-default-configuration`;
/** Users, groups and contacts in Connect Sync (2024-12-05). */
export const USERS_GROUPS_CONTACTS = `${CONNECT}/concept-azure-ad-connect-sync-user-and-contacts`;
/** Filtering in Connect Sync (2025-04-09). */
export const FILTERING = `${CONNECT}/how-to-connect-sync-configure-filtering`;
/** The functions of sync rules and how they compare (2025-04-09). */
export const FUNCTIONS_REFERENCE = `${CONNECT}/reference-connect-sync-functions-reference`;
/** Errors during synchronization. */
export const SYNC_ERRORS = `${CONNECT}/tshoot-connect-sync-errors`;
/** Duplicate attribute resiliency (2024-12-09). */
export const DUPLICATE_RESILIENCY = `${CONNECT}/how-to-connect-syncservice-duplicate-attribute-resiliency`;
/** How Entra makes user principal names (2025-04-09). */
export const UPN_POPULATION = `${CONNECT}/plan-connect-userprincipalname`;
/** Cloud Sync: why objects are skipped. */
export const CLOUD_SYNC_TROUBLESHOOTING =
  "https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/how-to-troubleshoot";
/** Preparing a directory for synchronization (2024-09-25). */
export const PREPARATION = "https://learn.microsoft.com/microsoft-365/enterprise/prepare-for-directory-synchronization";
/** The synchronization rules as Connect exports them, in a published sample configuration. */
export const RULE_EXPORT = "https://github.com/microsoft/AADConnectConfigDocumenter";
/** Exchange: the e-mail addresses of a recipient. */
export const EMAIL_ADDRESSES = "https://learn.microsoft.com/powershell/module/exchange/set-remotemailbox";
/** LDIF. */
export const RFC_2849 = "https://www.rfc-editor.org/rfc/rfc2849";
export const RFC_4514 = "https://www.rfc-editor.org/rfc/rfc4514";
export const RFC_4525 = "https://www.rfc-editor.org/rfc/rfc4525";
/** CSV. */
export const RFC_4180 = "https://www.rfc-editor.org/rfc/rfc4180";
/** csvde, and how it writes values. */
export const CSVDE =
  "https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc732101(v=ws.11)";
/** Export-Csv of Windows PowerShell and of PowerShell 7. */
export const EXPORT_CSV = "https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/export-csv";
/** ldp, and what its details pane shows. */
export const LDP =
  "https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc771022(v=ws.11)";
/** ldifde's reading of LDIF. */
export const LDIF_SCRIPTS = "https://learn.microsoft.com/windows/win32/ad/ldif-scripts";
/** Cloud Sync: what it can do, and up to which size. */
export const CLOUD_SYNC_PREREQUISITES =
  "https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/how-to-prerequisites";
/** The characters and lengths of user names in Entra ID, under "Username policies" (2025-05-15). */
export const USERNAME_POLICIES = "https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy";
/** The properties of a user in Microsoft Graph, with their lengths. */
export const GRAPH_USER = "https://learn.microsoft.com/graph/api/resources/user";
/** Objects that are too large because of their certificates (2024-12-09). */
export const CERTIFICATES_TOO_LARGE = `${CONNECT}/tshoot-connect-largeobjecterror-usercertificate`;
/** Internet mail: the form of an address. */
export const RFC_5322 = "https://www.rfc-editor.org/rfc/rfc5322";
/** Exchange: what an alias (mailNickname) may be (2026-08-21). */
export const ALIAS = "https://learn.microsoft.com/powershell/module/exchange/set-mailbox";
/** Characters of addresses that Microsoft 365 replaces by underscores, KB 2001616. */
export const UNDERSCORES =
  "https://learn.microsoft.com/microsoft-365/troubleshoot/active-directory/email-address-contain-underscore";
/** Duplicate or invalid attributes, KB 2647098. */
export const DUPLICATE_ATTRIBUTES =
  "https://learn.microsoft.com/microsoft-365/troubleshoot/active-directory/duplicate-attributes-prevent-dirsync";
/** Connect Sync with an existing tenant: matching (2025-04-09). */
export const EXISTING_TENANT = `${CONNECT}/how-to-connect-install-existing-tenant`;
/** The source anchor. */
export const DESIGN_CONCEPTS = `${CONNECT}/plan-connect-design-concepts`;
/** Lengths in the schema of Active Directory. */
export const SCHEMA_MAIL = "https://learn.microsoft.com/windows/win32/adschema/a-mail";
export const SCHEMA_PROXY_ADDRESSES = "https://learn.microsoft.com/windows/win32/adschema/a-proxyaddresses";
/** SMTP: the length of a local part is in 4.5.3.1.1. */
export const RFC_5321 = "https://www.rfc-editor.org/rfc/rfc5321";
