namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>GST of Australia: A New Tax System (Goods and Services Tax) Act 1999.</summary>
internal sealed class AustraliaScheme : ITaxScheme
{
    public string Tax => "GST";

    public IReadOnlyList<string> Rules =>
        ["au.domestic", "au.inbound.business", "au.inbound.consumer", "au.inbound.not_obliged", "au.inbound.goods", "au.outbound"];

    public Decision Domestic(Supply supply) => supply.Registered("AU", TaxRegistrationKind.Ordinary)
        ? Decision.Charge("au.domestic", ("AU", "GST"))
        : supply.NotRegistered("AU", "GST");

    public Decision Inbound(Supply supply)
    {
        if (!supply.IsGoods)
        {
            return RemoteSupplies.Inbound(supply, "AU", "GST", "ABN");
        }
        return supply.IsBusiness
            ? new Decision.NotOwed("au.inbound.goods")
            : supply.NotCovered("goods sent to consumers from abroad are not covered.");
    }

    public Decision Outbound(Supply supply) => new Decision.Free(
        "AU", "GST", TaxCategory.Export, "au.outbound", supply.IsGoods ? "export" : "export_of_services");
}
