namespace OrleansBilling.Core.Taxation;

/// <summary>What is known of a buyer's tax number.</summary>
public enum TaxNumberCheck
{
    /// <summary>Nobody asked a register. Syntax and check digits are looked at in any case.</summary>
    NotAsked = 0,

    /// <summary>The register of its country (in the EU: VIES) says that it is valid.</summary>
    Confirmed = 1,

    /// <summary>The register says that it is not valid.</summary>
    Refused = 2,
}
