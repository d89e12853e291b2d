namespace OrleansBilling.Core.Expressions;

/// <summary>What a part of an expression is; decided when it is read, never when it is evaluated.</summary>
public enum ExpressionType
{
    /// <summary>An exact decimal.</summary>
    Number,

    /// <summary>Characters, compared exactly.</summary>
    Text,

    /// <summary>True or false.</summary>
    Truth,
}
