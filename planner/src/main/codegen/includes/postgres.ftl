<#-- PostgreSQL's habits that cost nothing. -->

/** The postfix cast of PostgreSQL, value::type; it binds tighter than anything but a subscript. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(PostfixCast.OPERATOR, getPos()));
    }
    type = DataType() { list.add(type); }
}

/** Types under the names that PostgreSQL gives them. */
SqlTypeNameSpec PostgresTypeName() :
{
    final SqlTypeName type;
    int precision = -1;
}
{
    (
        <TEXT> { return new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, getPos()); }
    |
        <BOOL> { return new SqlBasicTypeNameSpec(SqlTypeName.BOOLEAN, getPos()); }
    |
        <BYTEA> { return new SqlBasicTypeNameSpec(SqlTypeName.VARBINARY, getPos()); }
    |
        <INT2> { return new SqlBasicTypeNameSpec(SqlTypeName.SMALLINT, getPos()); }
    |
        <INT4> { return new SqlBasicTypeNameSpec(SqlTypeName.INTEGER, getPos()); }
    |
        <INT8> { return new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, getPos()); }
    |
        <FLOAT4> { return new SqlBasicTypeNameSpec(SqlTypeName.REAL, getPos()); }
    |
        <FLOAT8> { return new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, getPos()); }
    |
        <BPCHAR> { type = SqlTypeName.CHAR; }
        precision = PrecisionOpt() { return new SqlBasicTypeNameSpec(type, precision, getPos()); }
    |
        <TIMESTAMPTZ> { type = SqlTypeName.TIMESTAMP_TZ; }
        precision = PrecisionOpt() { return new SqlBasicTypeNameSpec(type, precision, getPos()); }
    |
        <TIMETZ> { type = SqlTypeName.TIME_TZ; }
        precision = PrecisionOpt() { return new SqlBasicTypeNameSpec(type, precision, getPos()); }
    )
}
