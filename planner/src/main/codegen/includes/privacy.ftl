<#-- What columns hold of persons. -->

/** CLASSIFY COLUMN name AS 'kind'|NONE|DEFAULT, CLASSIFY TABLE name, CLASSIFY SOURCE name. */
Statement ClassifyStatement() :
{
    final SqlIdentifier name;
    final String kind;
}
{
    <CLASSIFY>
    (
        <COLUMN> name = CompoundIdentifier() <AS>
        (
            kind = SimpleStringLiteral()
            {
                return new Statement.ClassifyColumn(
                    name, Statement.ClassifyColumn.Verdict.KIND, Optional.of(kind));
            }
        |
            <NONE>
            {
                return new Statement.ClassifyColumn(
                    name, Statement.ClassifyColumn.Verdict.NONE, Optional.empty());
            }
        |
            <DEFAULT_>
            {
                return new Statement.ClassifyColumn(
                    name, Statement.ClassifyColumn.Verdict.DEFAULT, Optional.empty());
            }
        )
    |
        <TABLE> name = CompoundIdentifier() { return new Statement.ClassifyTable(name); }
    |
        <SOURCE> name = SimpleIdentifier() { return new Statement.ClassifySource(name.getSimple()); }
    )
}
