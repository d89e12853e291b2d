namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>Whether the buyer's tax number can be relied on.</summary>
internal enum NumberState
{
    /// <summary>None was given.</summary>
    None = 0,

    /// <summary>Its syntax and check digits are right, and no register refused it.</summary>
    Valid = 1,

    /// <summary>It is malformed, of another country, or refused.</summary>
    Invalid = 2,
}
