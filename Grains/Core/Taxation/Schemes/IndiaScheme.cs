namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>GST of India: Central and Integrated Goods and Services Tax Acts, 2017.</summary>
internal sealed class IndiaScheme : ITaxScheme
{
    /// <summary>Union territories without a legislature: their share is UTGST (Union Territory GST Act, 2017, section 2(8)).</summary>
    private static readonly string[] UnionTerritories = ["IN-AN", "IN-CH", "IN-DH", "IN-LA", "IN-LD"];

    public string Tax => "IGST";

    public IReadOnlyList<string> Rules =>
        ["in.intra_state", "in.inter_state", "in.inbound.business", "in.inbound.consumer", "in.inbound.not_obliged", "in.outbound"];

    public bool NeedsRegion(TaxSeller seller) => seller.Place.Country == "IN";

    public Decision Domestic(Supply supply)
    {
        var home = supply.Seller.Place.Region;
        if (home is null)
        {
            return Decision.Hold(TaxHoldCodes.RegionMissing, "Give the seller's state, e.g. IN-KA: it decides between CGST/SGST and IGST.");
        }
        if (!supply.Registered(home, TaxRegistrationKind.Ordinary))
        {
            return supply.NotRegistered(home, "GST");
        }
        return home == supply.Place.Region
            ? Decision.Charge("in.intra_state", ("IN", "CGST"), ("IN", UnionTerritories.Contains(home) ? "UTGST" : "SGST"))
            : Decision.Charge("in.inter_state", ("IN", "IGST"));
    }

    public Decision Inbound(Supply supply)
    {
        if (supply.Class != TaxClasses.ElectronicServices && !(supply.IsBusiness && supply.IsRemote))
        {
            return supply.NotCovered("only electronic services from abroad, and telecommunications to businesses, are covered.");
        }
        if (supply.IsBusiness)
        {
            switch (supply.Number("IN"))
            {
                case NumberState.Valid:
                    return new Decision.NotOwed("in.inbound.business") { Notes = ["reverse_charge"] };
                case NumberState.Invalid:
                    return supply.NumberInvalid("GSTIN");
                case NumberState.None when supply.Class == TaxClasses.Telecommunications:
                    return Supply.NumberMissing("GSTIN");
            }
        }
        if (supply.Registered("IN", TaxRegistrationKind.ForeignSupplier))
        {
            return Decision.Charge("in.inbound.consumer", ("IN", "IGST"));
        }
        return supply.Registered("IN", TaxRegistrationKind.NotObliged)
            ? new Decision.NotOwed("in.inbound.not_obliged")
            : supply.NotRegistered("IN", "IGST (OIDAR)");
    }

    public Decision Outbound(Supply supply) => new Decision.Free("IN", "IGST", TaxCategory.Export, "in.outbound", "export_of_services")
    {
        Notes = ["in_export"],
    };
}
