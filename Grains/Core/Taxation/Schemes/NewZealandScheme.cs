namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>GST of New Zealand: Goods and Services Tax Act 1985.</summary>
internal sealed class NewZealandScheme : ITaxScheme
{
    public string Tax => "GST";

    public IReadOnlyList<string> Rules =>
        ["nz.domestic", "nz.inbound.business", "nz.inbound.consumer", "nz.inbound.not_obliged", "nz.inbound.goods", "nz.outbound"];

    public Decision Domestic(Supply supply) => supply.Registered("NZ", TaxRegistrationKind.Ordinary)
        ? Decision.Charge("nz.domestic", ("NZ", "GST"))
        : supply.NotRegistered("NZ", "GST");

    public Decision Inbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("nz.inbound.goods")
                : supply.NotCovered("goods sent to consumers from abroad are not covered.");
        }
        // Telecommunications are supplied where they are initiated (section 8(6)), which no invoice line tells.
        return supply.Class == TaxClasses.ElectronicServices
            ? RemoteSupplies.Inbound(supply, "NZ", "GST", "IRD number")
            : supply.NotCovered("only electronic services from abroad are covered.");
    }

    public Decision Outbound(Supply supply)
    {
        if (supply.Class == TaxClasses.Telecommunications)
        {
            return supply.NotCovered("telecommunications to abroad are not covered (section 8(6)).");
        }
        return new Decision.Free(
            "NZ", "GST", TaxCategory.Export, "nz.outbound", supply.IsGoods ? "export" : "export_of_services");
    }
}
