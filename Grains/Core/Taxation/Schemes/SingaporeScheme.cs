namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>GST of Singapore: Goods and Services Tax Act 1993.</summary>
internal sealed class SingaporeScheme : ITaxScheme
{
    public string Tax => "GST";

    public IReadOnlyList<string> Rules =>
        ["sg.domestic", "sg.inbound.business", "sg.inbound.consumer", "sg.inbound.not_obliged", "sg.inbound.goods", "sg.outbound"];

    public Decision Domestic(Supply supply) => supply.Registered("SG", TaxRegistrationKind.Ordinary)
        ? Decision.Charge("sg.domestic", ("SG", "GST"))
        : supply.NotRegistered("SG", "GST");

    public Decision Inbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("sg.inbound.goods")
                : supply.NotCovered("goods sent to consumers from abroad are not covered.");
        }
        return supply.Class == TaxClasses.ElectronicServices
            ? RemoteSupplies.Inbound(supply, "SG", "GST", "GST registration number")
            : supply.NotCovered("only electronic services from abroad are covered.");
    }

    public Decision Outbound(Supply supply) => new Decision.Free(
        "SG", "GST", TaxCategory.Export, "sg.outbound", supply.IsGoods ? "export" : "export_of_services");
}
