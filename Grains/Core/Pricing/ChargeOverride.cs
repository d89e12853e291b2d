namespace OrleansBilling.Core.Pricing;

/// <summary>What replaces the terms of one charge of a plan; what is null stays as the plan says.</summary>
public sealed record ChargeOverride
{
    /// <summary>Id of the charge.</summary>
    public required string Charge { get; init; }

    /// <summary>In place of its price, its times of use or its schedule.</summary>
    public PriceDefinition? Price { get; init; }

    /// <summary>In place of its price, its times of use or its schedule; not together with <see cref="Price"/>.</summary>
    public TimeOfUseDefinition? TimeOfUse { get; init; }

    /// <summary>See <see cref="ChargeDefinition.FreeQuantity"/>.</summary>
    public decimal? FreeQuantity { get; init; }

    /// <summary>See <see cref="ChargeDefinition.DiscountPercent"/>.</summary>
    public decimal? DiscountPercent { get; init; }

    /// <summary>See <see cref="ChargeDefinition.Minimum"/>.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>See <see cref="ChargeDefinition.Maximum"/>.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Whether it replaces anything.</summary>
    internal bool IsEmpty => this is
    {
        Price: null, TimeOfUse: null, FreeQuantity: null, DiscountPercent: null, Minimum: null, Maximum: null,
    };

    /// <summary>The charge with these terms.</summary>
    internal ChargeDefinition ApplyTo(ChargeDefinition charge)
    {
        var priced = Price is null && TimeOfUse is null
            ? charge
            : charge with { Price = Price, TimeOfUse = TimeOfUse, Schedule = null };
        return priced with
        {
            FreeQuantity = FreeQuantity ?? charge.FreeQuantity,
            DiscountPercent = DiscountPercent ?? charge.DiscountPercent,
            Minimum = Minimum ?? charge.Minimum,
            Maximum = Maximum ?? charge.Maximum,
        };
    }
}
