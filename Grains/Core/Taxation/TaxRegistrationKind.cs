namespace OrleansBilling.Core.Taxation;

/// <summary>By what a seller may or must charge tax.</summary>
public enum TaxRegistrationKind
{
    /// <summary>Registered for the tax of the jurisdiction: a VAT or GST number, or a permit of a US state in which the seller has
    /// nexus.</summary>
    Ordinary = 0,

    /// <summary>EU One Stop Shop, Union scheme (Directive 2006/112/EC, Arts. 369a–369k). The jurisdiction is the member state of
    /// identification.</summary>
    OssUnion = 1,

    /// <summary>EU One Stop Shop, non-Union scheme (Arts. 358a–369). The jurisdiction is the member state of identification.</summary>
    OssNonUnion = 2,

    /// <summary>A scheme for suppliers from abroad that charge consumers only: VOEC in Norway, overseas vendor registration in Singapore,
    /// limited registration in Australia, simplified GST/HST in Canada, OIDAR in India.</summary>
    ForeignSupplier = 3,

    /// <summary>No registration, and the seller states that it needs none, e.g. because its turnover there is below the threshold. Nothing
    /// is charged there then. Not for the EU: say <see cref="TaxSeller.UsesEuThreshold"/>.</summary>
    NotObliged = 4,
}
