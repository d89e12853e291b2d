namespace OrleansBilling.Core.Periods;

/// <summary>What a billing cycle counts; always of the local calendar.</summary>
public enum CycleUnit
{
    /// <summary>Local days (23 to 25 hours).</summary>
    Day = 0,

    /// <summary>Seven local days.</summary>
    Week = 1,

    /// <summary>Calendar months. The default of plans.</summary>
    Month = 2,

    /// <summary>Calendar years.</summary>
    Year = 3,
}
