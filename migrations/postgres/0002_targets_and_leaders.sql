ALTER TABLE "milestones" ADD COLUMN "by" json;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "targets" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "leaders" json DEFAULT '[]'::json NOT NULL;