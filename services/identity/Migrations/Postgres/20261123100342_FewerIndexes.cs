using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGenius.Identity.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FewerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_feeds_kind_shard_head",
                table: "feeds");

            migrationBuilder.AlterTable(
                name: "feeds")
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateIndex(
                name: "IX_feeds_kind_shard",
                table: "feeds",
                columns: new[] { "kind", "shard" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_feeds_kind_shard",
                table: "feeds");

            migrationBuilder.AlterTable(
                name: "feeds")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateIndex(
                name: "IX_feeds_kind_shard_head",
                table: "feeds",
                columns: new[] { "kind", "shard", "head" });
        }
    }
}
