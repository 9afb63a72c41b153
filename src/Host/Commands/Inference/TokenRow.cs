namespace MedicalGpt.Host.Commands.Inference;

/// <summary>The real tokens of one row of a padded batch.</summary>
/// <param name="Ids">Token ids without padding, at least one.</param>
/// <param name="Start">Column of the first one.</param>
internal sealed record TokenRow(int[] Ids, int Start);
