<#-- Kurobe's statements. Each is told by its first word, which StatementParser has looked at before. -->

/** One statement, a semicolon if there is one, and the end of the text. */
Statement StatementEof() :
{
    final Statement statement;
}
{
    statement = KurobeStatement()
    ( <SEMICOLON> )*
    <EOF>
    { return statement; }
}

Statement KurobeStatement() :
{
    final Statement statement;
    final SqlNode query;
}
{
    (
        LOOKAHEAD(1) statement = ExplainStatement()
    |
        LOOKAHEAD(<ASK> <SQL>) statement = AskSqlStatement()
    |
        LOOKAHEAD(CreateViewStart()) statement = CreateViewStatement()
    |
        LOOKAHEAD(1) statement = CreateSecurity()
    |
        LOOKAHEAD(<DROP> <VIEW>) statement = DropViewStatement()
    |
        LOOKAHEAD(1) statement = DropSecurity()
    |
        LOOKAHEAD(1) statement = AlterUser()
    |
        LOOKAHEAD(1) statement = GrantOrRevoke()
    |
        LOOKAHEAD(1) statement = ClassifyStatement()
    |
        LOOKAHEAD(1) statement = RefreshStatement()
    |
        LOOKAHEAD(1) statement = CommentStatement()
    |
        LOOKAHEAD(1) statement = SetStatement()
    |
        LOOKAHEAD(1) statement = ResetStatement()
    |
        LOOKAHEAD(1) statement = ShowStatement()
    |
        LOOKAHEAD(1) <KILL> statement = KillStatement()
    |
        LOOKAHEAD(1) <TEACH> statement = TeachStatement()
    |
        LOOKAHEAD(1) <FORGET> statement = ForgetStatement()
    |
        LOOKAHEAD({ getToken(1).image.equalsIgnoreCase("FEEDBACK") }) statement = FeedbackStatement()
    |
        query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) {
            statement = new Statement.Query(query, nDynamicParams);
        }
    )
    { return statement; }
}

/** EXPLAIN [ANALYZE] [PLAN FOR] query. */
Statement ExplainStatement() :
{
    boolean analyze = false;
    final SqlNode query;
}
{
    <EXPLAIN>
    [ LOOKAHEAD(1) <ANALYZE> { analyze = true; } ]
    [ LOOKAHEAD(2) <PLAN> <FOR> ]
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return query instanceof SqlAsk && !analyze
            ? new Statement.ExplainAsk((SqlAsk) query)
            : new Statement.Explain(query, analyze);
    }
}

Statement AskSqlStatement() :
{
    final Span s;
    final SqlAsk ask;
}
{
    <ASK> { s = span(); } <SQL> ask = AskBody(s) { return new Statement.AskSql(ask); }
}

/** How a view's statement begins, for looking ahead. */
void CreateViewStart() :
{
}
{
    <CREATE> [ <OR> <REPLACE> ] <VIEW>
}

Statement CreateViewStatement() :
{
    boolean replace = false;
    ViewDefinition.Security security = null;
    final SqlIdentifier name;
    final SqlNode query;
}
{
    <CREATE> [ <OR> <REPLACE> { replace = true; } ] <VIEW>
    name = CompoundIdentifier()
    [
        <SECURITY>
        (
            <DEFINER> { security = ViewDefinition.Security.DEFINER; }
        |
            <INVOKER> { security = ViewDefinition.Security.INVOKER; }
        )
    ]
    <AS>
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new Statement.CreateView(name, query, replace, Optional.ofNullable(security)); }
}

Statement DropViewStatement() :
{
    boolean ifExists = false;
    final SqlIdentifier name;
}
{
    <DROP> <VIEW>
    [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    name = CompoundIdentifier()
    { return new Statement.DropView(name, ifExists); }
}

/** REFRESH VIEW name, REFRESH source or REFRESH alone. */
Statement RefreshStatement() :
{
    final SqlIdentifier view;
    final SqlIdentifier source;
}
{
    <REFRESH>
    (
        LOOKAHEAD(<VIEW> CompoundIdentifier())
        <VIEW> view = CompoundIdentifier() { return new Statement.RefreshView(view); }
    |
        source = SimpleIdentifier() { return new Statement.Refresh(Optional.of(source.getSimple())); }
    |
        { return new Statement.Refresh(Optional.empty()); }
    )
}

/** COMMENT ON VIEW|TABLE|COLUMN name IS 'text'|NULL. */
Statement CommentStatement() :
{
    final Statement.CommentOn.Target target;
    final SqlIdentifier name;
    String text = null;
}
{
    <COMMENT> <ON>
    (
        <VIEW> { target = Statement.CommentOn.Target.VIEW; }
    |
        <TABLE> { target = Statement.CommentOn.Target.TABLE; }
    |
        <COLUMN> { target = Statement.CommentOn.Target.COLUMN; }
    )
    name = CompoundIdentifier()
    <IS>
    ( text = SimpleStringLiteral() | <NULL> )
    { return new Statement.CommentOn(target, name, Optional.ofNullable(text)); }
}

/** SET name =|TO value, … and SET TIME ZONE value. */
Statement SetStatement() :
{
    final SqlIdentifier name;
    final String option;
    String value;
    final List<String> values = new ArrayList<String>();
}
{
    <SET>
    (
        LOOKAHEAD(<TIME> <ZONE>) <TIME> <ZONE> { option = "timezone"; }
    |
        name = CompoundIdentifier() { option = SettingText.of(name); }
        ( <EQ> | <TO> )
    )
    (
        <DEFAULT_> { return new Statement.ResetOption(option); }
    |
        value = SettingValue() { values.add(value); }
        ( <COMMA> value = SettingValue() { values.add(value); } )*
        { return new Statement.SetOption(option, values); }
    )
}

String SettingValue() :
{
    final String text;
    final SqlLiteral number;
    final SqlIdentifier name;
}
{
    text = SimpleStringLiteral() { return text; }
|
    number = NumericLiteral() { return number.toValue(); }
|
    <ON> { return "on"; }
|
    <NULL> { return "null"; }
|
    name = CompoundIdentifier() { return SettingText.of(name); }
}

Statement ResetStatement() :
{
    final SqlIdentifier name;
}
{
    <RESET>
    (
        LOOKAHEAD(<TIME> <ZONE>) <TIME> <ZONE> { return new Statement.ResetOption("timezone"); }
    |
        name = CompoundIdentifier() { return new Statement.ResetOption(SettingText.of(name)); }
    )
}

Statement ShowStatement() :
{
    SqlIdentifier of = null;
    String like = null;
    final Statement security;
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
}
{
    <SHOW>
    (
        LOOKAHEAD(1) <ALL> { return Statement.Show.of(Statement.Show.Kind.SETTINGS, null, null); }
    |
        LOOKAHEAD(1) ( <CATALOGS> | <SOURCES> ) [ like = LikePattern() ]
        { return Statement.Show.of(Statement.Show.Kind.CATALOGS, null, like); }
    |
        LOOKAHEAD(1) <SCHEMAS> [ ( <FROM> | <IN> ) of = SimpleIdentifier() ] [ like = LikePattern() ]
        { return Statement.Show.of(Statement.Show.Kind.SCHEMAS, of, like); }
    |
        LOOKAHEAD(1) <TABLES> [ ( <FROM> | <IN> ) of = CompoundIdentifier() ] [ like = LikePattern() ]
        { return Statement.Show.of(Statement.Show.Kind.TABLES, of, like); }
    |
        LOOKAHEAD(1) <COLUMNS> ( <FROM> | <IN> ) of = CompoundIdentifier() [ like = LikePattern() ]
        { return Statement.Show.of(Statement.Show.Kind.COLUMNS, of, like); }
    |
        LOOKAHEAD(1) <VIEWS> [ like = LikePattern() ]
        { return Statement.Show.of(Statement.Show.Kind.VIEWS, null, like); }
    |
        LOOKAHEAD(ShowSecurity()) security = ShowSecurity() { return security; }
    |
        LOOKAHEAD(1) <MSCHEMA>
        [
            <FOR> of = CompoundIdentifier() { names.add(of); }
            ( <COMMA> of = CompoundIdentifier() { names.add(of); } )*
        ]
        { return new Statement.ShowMSchema(names); }
    |
        LOOKAHEAD(<TIME> <ZONE>) <TIME> <ZONE>
        {
            of = new SqlIdentifier("timezone", getPos());
            return Statement.Show.of(Statement.Show.Kind.SETTING, of, null);
        }
    |
        of = CompoundIdentifier() { return Statement.Show.of(Statement.Show.Kind.SETTING, of, null); }
    )
}

String LikePattern() :
{
    final String pattern;
}
{
    <LIKE> pattern = SimpleStringLiteral() { return pattern; }
}

Statement KillStatement() :
{
    final String id;
}
{
    id = SimpleStringLiteral() { return new Statement.Kill(id); }
}

Statement TeachStatement() :
{
    final String question;
    final SqlNode query;
}
{
    question = SimpleStringLiteral() <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new Statement.Teach(question, query); }
}

Statement ForgetStatement() :
{
    final String question;
}
{
    question = SimpleStringLiteral() { return new Statement.Forget(question); }
}

/** FEEDBACK GOOD|BAD [ON 'query id'] ['comment'], none of whose words are SQL's. */
Statement FeedbackStatement() :
{
    final SqlIdentifier verdict;
    String query = null;
    String comment = null;
}
{
    SimpleIdentifier() verdict = SimpleIdentifier()
    [ <ON> query = SimpleStringLiteral() ]
    [ comment = SimpleStringLiteral() ]
    {
        return new Statement.Feedback(
            FirstWords.isGood(verdict), Optional.ofNullable(query), Optional.ofNullable(comment));
    }
}
