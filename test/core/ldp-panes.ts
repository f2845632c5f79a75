/** Small copies of ldp's details pane, as several versions of it write them, to be damaged. */
export const PANES = [
  "-----------\r\nExpanding base 'CN=Jane,DC=contoso,DC=com'...\r\nGetting 1 entries:\r\nDn: CN=Jane,DC=contoso,DC=com\r\ncn: Jane; \r\nobjectClass (4): top; person; organizationalPerson; user; \r\nproxyAddresses (2): SMTP:jane@contoso.com; X400:C=US;A= ;S=Doe;; \r\nstreetAddress: Main Street 1\r\nSecond floor; \r\nuserAccountControl: 0x200 = ( NORMAL_ACCOUNT ); \r\n\r\n-----------\r\nNo children\r\n",
  'ldap_search_s(ld, "DC=contoso,DC=com", 2, "(cn=*)", attrList,  0, &msg)\nResult <0>: (null)\nMatched DNs: \nGetting 2 entries:\n>> Dn: CN=Doe\\, Jane,DC=contoso,DC=com\n\t1> cn: Doe, Jane; \n\t0> dBCSPwd: \n\t3> proxyAddresses: SMTP:jane@contoso.com; smtp:a@contoso.com;\nsmtp:b@contoso.com; \n>> Dn: CN=Joe,DC=contoso,DC=com\n\t1> objectGUID: ac319e14-ec2b-4c52-bd48-b302a9bdcf0e; \n\t1> userCertificate: <ldp: Binary blob 1024 bytes>; \n',
  "Dn: (RootDSE)\nisSynchronized: TRUE; \n-----------\n***Searching...\nError: Search: Size Limit Exceeded. <4>\nDn: CN=Müller 😀,DC=contoso,DC=com\nsn: Müller 😀; \nmember;range=0-1 (2): CN=a,DC=x; CN=b,DC=x; ",
];
