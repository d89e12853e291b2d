namespace OrleansBilling.Core.Pricing;

/// <summary>How big a plan may be.</summary>
public static class PlanLimits
{
    /// <summary>Charges in a plan.</summary>
    public const int MaxCharges = 200;

    /// <summary>Tiers in a price.</summary>
    public const int MaxTiers = 100;

    /// <summary>Windows of a charge.</summary>
    public const int MaxWindows = 100;

    /// <summary>Holidays of a charge.</summary>
    public const int MaxHolidays = 2_000;

    /// <summary>Bands of a schedule.</summary>
    public const int MaxBands = 100;

    /// <summary>Entries of a schedule: more than 20 years of hours.</summary>
    public const int MaxScheduleEntries = 200_000;

    /// <summary>Dimensions in a where filter.</summary>
    public const int MaxWhereDimensions = 10;

    /// <summary>Values of one dimension in a where filter.</summary>
    public const int MaxWhereValues = 100;

    /// <summary>Dimensions of a matrix.</summary>
    public const int MaxMatrixDimensions = 8;

    /// <summary>Rows of a matrix.</summary>
    public const int MaxMatrixRows = 1_000;

    /// <summary>Prices of a charge: rows of a matrix times windows.</summary>
    public const int MaxPrices = 5_000;

    /// <summary>Allowances of a charge.</summary>
    public const int MaxAllowances = 16;

    /// <summary>Different scopes of a charge's allowances: an event is told apart by all of them.</summary>
    public const int MaxAllowanceScopes = 4;

    /// <summary>Totals of one device in a charge whose devices have a quantity or a limit of their own.</summary>
    public const int MaxDeviceClasses = 64;

    /// <summary>Discounts in a plan.</summary>
    public const int MaxDiscounts = 50;

    /// <summary>Phases of a plan.</summary>
    public const int MaxPhases = 60;

    /// <summary>Billing periods of a trial, a phase or a term.</summary>
    public const int MaxStagePeriods = 1_200;

    /// <summary>Look-up tables of a plan.</summary>
    public const int MaxLookups = 20;

    /// <summary>Values of a look-up table.</summary>
    public const int MaxLookupValues = 10_000;

    /// <summary>Characters of a dimension's name or value, and of a band's name.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Bytes of a plan's JSON.</summary>
    public const int MaxJsonBytes = 20_000_000;
}
