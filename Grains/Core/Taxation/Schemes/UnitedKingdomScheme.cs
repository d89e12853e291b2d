namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>VAT of the United Kingdom: Value Added Tax Act 1994; HMRC notices 741A (place of supply of services) and 700.</summary>
internal sealed class UnitedKingdomScheme : ITaxScheme
{
    internal const string NorthernIreland = "XI";

    public string Tax => "VAT";

    public IReadOnlyList<string> Rules =>
        ["gb.domestic", "gb.inbound.reverse_charge", "gb.inbound.remote", "gb.inbound.goods", "gb.outbound.services", "gb.outbound.goods"];

    internal static bool IsNorthernIreland(TaxPlace place) =>
        place.Country == "GB"
        && (place.Region == "GB-NIR" || place.PostalCode?.TrimStart().StartsWith("BT", StringComparison.OrdinalIgnoreCase) == true);

    public Decision Domestic(Supply supply) => supply.Registered("GB", TaxRegistrationKind.Ordinary)
        ? Decision.Charge("gb.domestic", ("GB", "VAT"))
        : supply.NotRegistered("GB", "VAT");

    public Decision Inbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("gb.inbound.goods")
                : supply.NotCovered("goods sent to consumers from abroad are not covered.");
        }
        if (supply.IsElectricity)
        {
            return supply.NotCovered("electricity is covered only where seller and place are in one country.");
        }
        if (supply.IsBusiness)
        {
            switch (supply.Number("GB"))
            {
                case NumberState.Valid:
                    return new Decision.NotOwed("gb.inbound.reverse_charge") { Notes = ["reverse_charge"] };
                case NumberState.Invalid:
                    return supply.NumberInvalid("VAT number of the United Kingdom");
                case NumberState.None when !supply.IsRemote:
                    return Supply.NumberMissing("VAT number");
            }
        }
        if (!supply.IsRemote)
        {
            return supply.NotCovered("services other than telecommunications and electronic ones to UK consumers are not covered.");
        }
        return supply.Registered("GB", TaxRegistrationKind.Ordinary)
            ? Decision.Charge("gb.inbound.remote", ("GB", "VAT"))
            : supply.NotRegistered("GB", "VAT");
    }

    public Decision Outbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return new Decision.Free("GB", "VAT", TaxCategory.Export, "gb.outbound.goods", "export");
        }
        return supply.IsRemote || supply.IsBusiness
            ? new Decision.Free("GB", "VAT", TaxCategory.OutsideScope, "gb.outbound.services", "place_of_supply_abroad")
            : supply.NotCovered("the place of this service to a consumer abroad is not covered.");
    }
}
