<#-- ASK as a leaf of a query; the template calls SqlAsk() where a build step put it (planner/pom.xml). -->

/** ASK 'question' [ON name, …] [USING generator, …] [WITH (option = value, …)]. */
SqlNode SqlAsk() :
{
    final SqlAsk ask;
}
{
    <ASK> ask = AskBody(span()) { return ask; }
}

SqlAsk AskBody(Span s) :
{
    final SqlNode question;
    SqlIdentifier name;
    final List<SqlNode> scope = new ArrayList<SqlNode>();
    final List<SqlNode> generators = new ArrayList<SqlNode>();
    final List<SqlNode> pairs = new ArrayList<SqlNode>();
}
{
    ( question = TextLiteral() | question = DynamicParam() )
    [
        <ON> name = CompoundIdentifier() { scope.add(name); }
        ( LOOKAHEAD(2) <COMMA> name = CompoundIdentifier() { scope.add(name); } )*
    ]
    [
        LOOKAHEAD(2)
        <USING> name = GeneratorName() { generators.add(name); }
        ( LOOKAHEAD(2) <COMMA> name = GeneratorName() { generators.add(name); } )*
    ]
    [
        LOOKAHEAD(2)
        <WITH> <LPAREN> AskOption(pairs) ( <COMMA> AskOption(pairs) )* <RPAREN>
    ]
    {
        return new SqlAsk(s.end(this), question,
            new SqlNodeList(scope, s.pos()),
            new SqlNodeList(generators, s.pos()),
            new SqlNodeList(pairs, s.pos()));
    }
}

/** A generator's name: an identifier or, because in-context holds a hyphen, a string. */
SqlIdentifier GeneratorName() :
{
    final SqlIdentifier name;
    final SqlNode text;
}
{
    name = SimpleIdentifier() { return name; }
|
    text = TextLiteral() {
        return new SqlIdentifier(((SqlLiteral) text).getValueAs(String.class), text.getParserPosition());
    }
}

void AskOption(List<SqlNode> pairs) :
{
    final SqlIdentifier name;
    final SqlNode value;
}
{
    name = SimpleIdentifier() { pairs.add(name); }
    <EQ>
    (
        value = TextLiteral()
    |
        value = NumericLiteral()
    |
        LOOKAHEAD(1) <TRUE> { value = SqlLiteral.createBoolean(true, getPos()); }
    |
        LOOKAHEAD(1) <FALSE> { value = SqlLiteral.createBoolean(false, getPos()); }
    |
        value = SimpleIdentifier()
    )
    { pairs.add(value); }
}

/** One string in quotes. */
SqlNode TextLiteral() :
{
    final String text;
}
{
    text = SimpleStringLiteral() { return SqlLiteral.createCharString(text, getPos()); }
}
