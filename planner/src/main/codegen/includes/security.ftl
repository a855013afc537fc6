<#-- Who may see what. StatementParser has looked at the first words before. -->

/** CREATE USER|ROLE|API KEY|ROW FILTER|MASK. */
Statement CreateSecurity() :
{
    boolean replace = false;
    final SecurityStatement statement;
}
{
    <CREATE> [ <OR> <REPLACE> { replace = true; } ]
    (
        LOOKAHEAD({ !replace && getToken(1).kind == USER }) statement = CreateUser()
    |
        LOOKAHEAD({ !replace && getToken(1).kind == ROLE }) statement = CreateRole()
    |
        LOOKAHEAD({ !replace && getToken(1).kind == API }) statement = CreateKey()
    |
        statement = CreateRowFilter(replace)
    |
        statement = CreateMask(replace)
    )
    { return new Statement.Security(statement); }
}

<#-- The alternatives of a statement begin with the word after CREATE, ALTER or DROP. -->
SecurityStatement CreateUser() :
{
    final String name;
    String password = null;
}
{
    <USER> name = Name()
    [ <PASSWORD> password = SimpleStringLiteral() ]
    { return new SecurityStatement.CreateUser(name, Optional.ofNullable(password)); }
}

SecurityStatement CreateRole() :
{
    final String name;
}
{
    <ROLE> name = Name() { return new SecurityStatement.CreateRole(name); }
}

SecurityStatement CreateKey() :
{
    final String name;
    String user = null;
    String expires = null;
    String scope;
    final List<String> scopes = new ArrayList<String>();
}
{
    <API> <KEY> name = Name()
    [ <FOR> user = Name() ]
    [ <EXPIRES> expires = SimpleStringLiteral() ]
    [
        <SCOPE> scope = SimpleStringLiteral() { scopes.add(scope); }
        ( <COMMA> scope = SimpleStringLiteral() { scopes.add(scope); } )*
    ]
    {
        return new SecurityStatement.CreateKey(
            name, Optional.ofNullable(user), Optional.ofNullable(expires), scopes);
    }
}

SecurityStatement CreateRowFilter(boolean replace) :
{
    final String name;
    final SqlIdentifier table;
    final List<String> roles;
    final SqlNode condition;
}
{
    <ROW> <FILTER> name = Name() <ON> table = CompoundIdentifier()
    <FOR> roles = Names() <USING>
    <LPAREN> condition = Expression(ExprContext.ACCEPT_NON_QUERY) <RPAREN>
    { return new SecurityStatement.CreateRowFilter(name, table, roles, condition, replace); }
}

SecurityStatement CreateMask(boolean replace) :
{
    final String name;
    final SqlIdentifier table;
    final String column;
    final List<String> roles;
    final SecurityStatement.Masked masked;
}
{
    <MASK> name = Name() <ON> table = CompoundIdentifier()
    <LPAREN> column = Name() <RPAREN>
    <FOR> roles = Names() <USING> masked = Masked()
    { return new SecurityStatement.CreateMask(name, table, column, roles, masked, replace); }
}

SecurityStatement.Masked Masked() :
{
    final SqlNode expression;
}
{
    <FULL> { return SecurityStatement.Masked.Usual.FULL; }
|
    <PARTIAL> { return SecurityStatement.Masked.Usual.PARTIAL; }
|
    <HASH> { return SecurityStatement.Masked.Usual.HASH; }
|
    <NULL> { return SecurityStatement.Masked.Usual.NULL; }
|
    <YEAR> { return SecurityStatement.Masked.Usual.YEAR; }
|
    <LPAREN> expression = Expression(ExprContext.ACCEPT_NON_QUERY) <RPAREN>
    { return new SecurityStatement.Masked.Expression(expression); }
}

/** ALTER USER name PASSWORD 'text' | ENABLE | DISABLE. */
Statement AlterUser() :
{
    final String name;
    final String password;
}
{
    <ALTER> <USER> name = Name()
    (
        <PASSWORD> password = SimpleStringLiteral()
        { return new Statement.Security(new SecurityStatement.SetPassword(name, password)); }
    |
        <ENABLE> { return new Statement.Security(new SecurityStatement.EnableUser(name, true)); }
    |
        <DISABLE> { return new Statement.Security(new SecurityStatement.EnableUser(name, false)); }
    )
}

/** DROP USER|ROLE|API KEY|ROW FILTER|MASK. */
Statement DropSecurity() :
{
    boolean exists = false;
    final String name;
    final SqlIdentifier table;
    String user = null;
    final SecurityStatement statement;
}
{
    <DROP>
    (
        <USER> exists = IfExists() name = Name()
        { statement = new SecurityStatement.DropUser(name, exists); }
    |
        <ROLE> exists = IfExists() name = Name()
        { statement = new SecurityStatement.DropRole(name, exists); }
    |
        <API> <KEY> exists = IfExists() name = Name() [ <FOR> user = Name() ]
        { statement = new SecurityStatement.DropKey(name, Optional.ofNullable(user), exists); }
    |
        <ROW> <FILTER> exists = IfExists() name = Name() <ON> table = CompoundIdentifier()
        { statement = new SecurityStatement.DropRowFilter(name, table, exists); }
    |
        <MASK> exists = IfExists() name = Name() <ON> table = CompoundIdentifier()
        { statement = new SecurityStatement.DropMask(name, table, exists); }
    )
    { return new Statement.Security(statement); }
}

/** GRANT and REVOKE: SELECT on something, or a role. */
Statement GrantOrRevoke() :
{
    final boolean granted;
    List<String> columns = new ArrayList<String>();
    SecurityStatement.Scope scope = SecurityStatement.Scope.TABLE;
    final SqlIdentifier on;
    final String role;
    final List<SecurityStatement.Grantee> grantees;
}
{
    ( <GRANT> { granted = true; } | <REVOKE> { granted = false; } )
    (
        <SELECT>
        [ <LPAREN> columns = Names() <RPAREN> ]
        <ON>
        [
            LOOKAHEAD(2, <SOURCE> CompoundIdentifier()) <SOURCE> { scope = SecurityStatement.Scope.SOURCE; }
        |
            LOOKAHEAD(2, <SCHEMA> CompoundIdentifier()) <SCHEMA> { scope = SecurityStatement.Scope.SCHEMA; }
        |
            <TABLE>
        ]
        on = CompoundIdentifier()
        grantees = Grantees(granted)
        { return new Statement.Security(new SecurityStatement.Select(granted, columns, scope, on, grantees)); }
    |
        <ROLE> role = Name() grantees = Grantees(granted)
        { return new Statement.Security(new SecurityStatement.Membership(granted, role, grantees)); }
    )
}

List<SecurityStatement.Grantee> Grantees(boolean granted) :
{
    final List<SecurityStatement.Grantee> grantees = new ArrayList<SecurityStatement.Grantee>();
    SecurityStatement.Grantee grantee;
}
{
    ( LOOKAHEAD({ granted }) <TO> | <FROM> )
    grantee = Grantee() { grantees.add(grantee); }
    ( <COMMA> grantee = Grantee() { grantees.add(grantee); } )*
    { return grantees; }
}

SecurityStatement.Grantee Grantee() :
{
    SecurityStatement.Grantee.Kind kind = null;
    final String name;
}
{
    [
        LOOKAHEAD(2, <USER> SimpleIdentifier()) <USER> { kind = SecurityStatement.Grantee.Kind.USER; }
    |
        LOOKAHEAD(2, <ROLE> SimpleIdentifier()) <ROLE> { kind = SecurityStatement.Grantee.Kind.ROLE; }
    ]
    name = Name()
    { return new SecurityStatement.Grantee(Optional.ofNullable(kind), name); }
}

/** What follows SHOW of users, roles, grants, row filters, masks and keys. */
Statement ShowSecurity() :
{
    final SecurityStatement.Show.Kind kind;
    String of = null;
}
{
    (
        <USERS> { kind = SecurityStatement.Show.Kind.USERS; }
    |
        <ROLES> { kind = SecurityStatement.Show.Kind.ROLES; }
    |
        <GRANTS> { kind = SecurityStatement.Show.Kind.GRANTS; }
    |
        <ROW> <FILTERS> { kind = SecurityStatement.Show.Kind.ROW_FILTERS; }
    |
        <MASKS> { kind = SecurityStatement.Show.Kind.MASKS; }
    |
        <API> <KEYS> { kind = SecurityStatement.Show.Kind.API_KEYS; }
    )
    [ <FOR> of = Name() ]
    { return new Statement.Security(new SecurityStatement.Show(kind, Optional.ofNullable(of))); }
}

boolean IfExists() :
{
}
{
    LOOKAHEAD(2) <IF> <EXISTS> { return true; }
|
    { return false; }
}

/** One name, as it was written. */
String Name() :
{
    final SqlIdentifier name;
}
{
    name = SimpleIdentifier() { return name.getSimple(); }
}

List<String> Names() :
{
    final List<String> names = new ArrayList<String>();
    String name;
}
{
    name = Name() { names.add(name); }
    ( <COMMA> name = Name() { names.add(name); } )*
    { return names; }
}
