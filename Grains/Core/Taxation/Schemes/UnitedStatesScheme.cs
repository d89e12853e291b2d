namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>Sales taxes of the states of the US, at the rates of the states alone: local taxes need an external calculator.</summary>
/// <remarks>Nexus is a setting: a registration of a state says that the seller collects there (South Dakota v. Wayfair, 585 U.S. 162
/// (2018), leaves it to each state's law when a seller must).</remarks>
internal sealed class UnitedStatesScheme : ITaxScheme
{
    public string Tax => "SALES";

    public IReadOnlyList<string> Rules => ["us.sales", "us.no_nexus", "us.no_sales_tax", "us.outbound"];

    /// <summary>Who collects in no state need not know the state.</summary>
    public bool NeedsRegion(TaxSeller seller) => seller.Registrations.Any(r => r.Jurisdiction.StartsWith("US-", StringComparison.Ordinal));

    public Decision Domestic(Supply supply) => At(supply, new Decision.Free(
        "US", "SALES", TaxCategory.OutsideScope, "us.no_nexus", "no_nexus"));

    public Decision Inbound(Supply supply) => At(supply, new Decision.NotOwed("us.no_nexus"));

    public Decision Outbound(Supply supply) =>
        new Decision.Free("US", "SALES", TaxCategory.OutsideScope, "us.outbound", "place_of_supply_abroad");

    private static Decision At(Supply supply, Decision withoutNexus)
    {
        if (supply.Place.Region is not { } state || !supply.Registered(state, TaxRegistrationKind.Ordinary))
        {
            return withoutNexus;
        }
        return Decision.Charge("us.sales", (state, "SALES")) with { Notes = ["us_state_rate_only"] };
    }
}
